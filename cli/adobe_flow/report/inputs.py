"""The inputs of a report: a plan and its event log, from files, from standard input, or from a preview that it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from adobe_flow.documents import read_standard_input
from adobe_flow.encoding import to_path
from adobe_flow.private_folder import create_private_folder
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.stack import Stack

_STDIN: Final = "-"


@dataclass(frozen=True)
class PlanLocation:
    """Where a plan comes from: a file, standard input, or a preview that the command runs.

    Attributes:
        plan: The file of the plan, or `-` for standard input; `None` runs the preview of ``stack``.
        events: The event log of a plan from a file.
        policy_packs: The policy packs with which the preview runs.
        refresh: Whether the preview runs with a refresh.
    """

    plan: str | None
    events: Path | None
    stack: str | None
    folder: Path
    policy_packs: tuple[Path, ...] = ()
    refresh: bool = False

    @property
    def description(self) -> str:
        """The plan as a noun phrase for messages, such as `The plan on standard input`."""
        return "The plan on standard input" if self.plan == _STDIN else f"The plan {self.plan or 'of the preview'}"


def read_plan(source: PlanLocation, report_step: Callable[[str], None]) -> tuple[str, str | None]:
    """Return the text of the plan, and that of its event log if there is one.

    Args:
        source: The place of the plan.
        report_step: Called with the name of a step that takes long.

    Raises:
        Problem: There is no plan, a file cannot be read, or the preview printed none.
    """
    if source.plan is not None:
        events = _read_file(source.events) if source.events else None
        return read_standard_input() if source.plan == _STDIN else _read_file(to_path(source.plan)), events
    if source.stack is None:
        raise Problem(
            "There is no plan to report on.",
            "Name its file, - for standard input, or the stack whose preview adobe-flow runs (--stack).",
        )
    report_step(f"pulumi preview of {source.stack}")
    return _run_preview(Stack(source.folder, source.stack), source.policy_packs, refresh=source.refresh)


def _run_preview(stack: Stack, policy_packs: Sequence[Path], *, refresh: bool) -> tuple[str, str]:
    """Return the plan and the event log. A preview that failed has a plan too; without one, this raises `Problem`."""
    # Pulumi has --event-log with its debug commands only; its Automation API asks for it in the same way.
    stack = replace(stack, environment={**stack.environment, "PULUMI_DEBUG_COMMANDS": "true"})
    options: list[str | Path] = [option for pack in policy_packs for option in ("--policy-pack", pack.resolve())]
    options += ["--refresh"] if refresh else []
    with create_private_folder() as folder:
        events = folder / "events.jsonl"
        process = stack.run("preview", "--json", "--show-sames", "--event-log", events, *options)
        if not process.stdout.strip():
            raise stack.explain_failure(("preview",), process.stderr)
        return process.stdout, events.read_text(encoding="utf-8") if events.exists() else ""


def _read_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Problem(f"{file} is not UTF-8.", "Windows PowerShell's > writes UTF-16: use Out-File utf8.") from None
