"""`adobe-flow report`: a preview as a report for a pull request, and gates that stop it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, Any

import typer

from adobe_flow.documents import read_standard_input
from adobe_flow.encoding import as_utf8, to_path
from adobe_flow.exit_codes import FAILED, FOUND
from adobe_flow.files import write_files
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import show
from adobe_flow.place import open_place
from adobe_flow.problem import Problem
from adobe_flow.report.asking import asks
from adobe_flow.report.console import render
from adobe_flow.report.digest import read_digest
from adobe_flow.report.gates import Gate, GateError, parse_gates
from adobe_flow.report.inputs import preview
from adobe_flow.report.markdown import markdown
from adobe_flow.report.origin import origin
from adobe_flow.report.overrides import Override, parse_overrides
from adobe_flow.report.page import page
from adobe_flow.report.plan_parser import parse
from adobe_flow.report.policy_violations import violations
from adobe_flow.report.redaction import redactor_of, veiled, without_secrets
from adobe_flow.report.result import FAILED as FAILED_PREVIEW
from adobe_flow.report.result import STOPPED, result
from adobe_flow.stack import Stack as PulumiStack
from pulumi_adobe.timestamps import format_timestamp

_STDIN = "-"


@dataclass(frozen=True)
class Asked:
    """A plan that is there, or the stack whose preview is to be run."""

    plan: str | None
    events: Path | None
    stack: str | None
    folder: Path
    policy_packs: tuple[Path, ...] = ()
    refresh: bool = False
    live: bool = False
    sandbox: str | None = None


def reported(asked: Asked, gates: list[Gate], overrides: list[Override], made: str) -> dict[str, Any]:
    """The report as data, without any secret."""
    text, events = _read(asked)
    where = "The plan on standard input" if asked.plan == _STDIN else f"The plan {asked.plan or 'of the preview'}"
    redactor = redactor_of(os.environ)
    plan = parse(veiled(read_digest(text, where), redactor))
    ask = asks(open_place(asked.stack, asked.folder, asked.sandbox)) if asked.live else None
    judged = None if events is None else violations(events, f"{asked.events or 'The event log'}")
    found = result(plan, gates=gates, overrides=overrides, violations=judged, ask=ask, made=made)
    safe: dict[str, Any] = without_secrets(found, redactor)
    return safe


def _read(asked: Asked) -> tuple[str, str | None]:
    if asked.plan is None:
        if asked.stack is None:
            raise Problem(
                "There is no plan to report on.",
                "Name its file, - for standard input, or the stack whose preview is to be run (--stack).",
            )
        said, events = preview(PulumiStack(asked.folder, asked.stack), asked.policy_packs, refresh=asked.refresh)
        return said, events
    events_text = _text(asked.events) if asked.events else None
    return read_standard_input() if asked.plan == _STDIN else _text(to_path(asked.plan)), events_text


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Problem(f"{file} is not UTF-8.", "Windows PowerShell's > writes UTF-16: use Out-File utf8.") from None


def _end(found: Mapping[str, Any]) -> None:
    if found["verdict"] == FAILED_PREVIEW:
        raise typer.Exit(FAILED)
    if found["verdict"] == STOPPED:
        raise typer.Exit(FOUND)


def command(  # noqa: PLR0913 - the options of the command
    plan: Annotated[
        str | None, typer.Argument(metavar="PLAN", help="What `pulumi preview --json` printed: a file, or -.")
    ] = None,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    policy_pack: Annotated[
        list[Path] | None, typer.Option(help="Run the preview with this policy pack.", exists=True)
    ] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Run the preview with a refresh: shows drift.")] = False,
    events: Annotated[Path | None, typer.Option(help="The event log of the preview that made PLAN.")] = None,
    live: Annotated[bool, typer.Option("--live", help="Ask Flow Service for dataflows of others, too.")] = False,
    fail_on: Annotated[str | None, typer.Option(help="Gates, such as 'replace-in-use,change>20%,delete>0'.")] = None,
    override: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", parser=as_utf8, help="'gate: reason' lets a gate pass; leaves a trace."),
    ] = None,
    markdown_file: Annotated[Path | None, typer.Option("--markdown", help="Write it as Markdown to this file.")] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="Write it as a page to this file.")] = None,
    json: Json = False,
) -> None:
    """Report a preview: what changes, which dataflows it touches, what policies say; and stop it at a gate.

    Exit codes: 0 nothing stops it; 1 a gate does; 2 a gate is not understood; 3 the preview failed, or is no plan.

    Examples:

      adobe-flow report --stack prod --fail-on 'change>20%,delete>0' --html plan.html

      adobe-flow report plan.json --fail-on 'delete>0' --override 'delete: OPS-12'
    """
    made = format_timestamp(datetime.now(timezone.utc))
    try:
        gates = parse_gates(fail_on) if fail_on is not None else []
        overrides = parse_overrides(override or [], gates, origin(os.environ, cwd), made)
    except GateError as error:
        raise typer.BadParameter(str(error)) from None
    if plan and (policy_pack or refresh):
        raise typer.BadParameter("--policy-pack and --refresh are for a preview that is yet to run: leave out PLAN")
    if events and not plan:
        raise typer.BadParameter("--events is the event log of a PLAN, and there is none")
    asked = Asked(plan, events, stack, cwd, tuple(policy_pack or ()), refresh, live, sandbox)
    found = reported(asked, gates, overrides, made)
    write_files({file: write(found) for file, write in ((markdown_file, markdown), (html_file, page)) if file})
    show(found, as_json=json, render=render)
    _end(found)
