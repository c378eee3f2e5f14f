"""Runs a preview for its report: the plan from standard output, what policies said from the event log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from adobe_flow.private_folder import private_folder
from adobe_flow.stack import Stack


def preview(stack: Stack, policy_packs: Sequence[Path], *, refresh: bool) -> tuple[str, str]:
    """The plan and the event log. A preview that failed has a plan too; without one, this raises Problem."""
    # Pulumi has --event-log with its debug commands only; its Automation API asks for it in the same way.
    asking = replace(stack, environment={**stack.environment, "PULUMI_DEBUG_COMMANDS": "true"})
    options: list[str | Path] = [part for each in policy_packs for part in ("--policy-pack", each.resolve())]
    options += ["--refresh"] if refresh else []
    with private_folder() as folder:
        events = folder / "events.jsonl"
        done = asking.run("preview", "--json", "--show-sames", "--event-log", events, *options)
        if not done.stdout.strip():
            raise stack.failed(("preview",), done.stderr)
        return done.stdout, events.read_text(encoding="utf-8") if events.exists() else ""
