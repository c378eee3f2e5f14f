"""`adobe-flow report`: the report of a preview for a pull request, and gates that stop the plan."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, Any

import typer

from adobe_flow.aep.place import open_place
from adobe_flow.encoding import decode_as_utf8
from adobe_flow.exit_codes import FAILED, FOUND
from adobe_flow.files import write_files
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import print_result
from adobe_flow.progress import show_steps
from adobe_flow.report.console import render_report
from adobe_flow.report.digest import read_preview_document
from adobe_flow.report.gates import Gate, GateError, parse_gates
from adobe_flow.report.inputs import PlanLocation, read_plan
from adobe_flow.report.markdown import build_markdown
from adobe_flow.report.origin import find_override_origin
from adobe_flow.report.overrides import Override, parse_overrides
from adobe_flow.report.page import build_report_page
from adobe_flow.report.plan_parser import parse_plan
from adobe_flow.report.policy_violations import read_violations
from adobe_flow.report.redaction import build_redactor, redact_digest, redact_report
from adobe_flow.report.result import FAILED as FAILED_PREVIEW
from adobe_flow.report.result import STOPPED, build_result
from adobe_flow.report.touched_dataflows import build_dataflow_lookup
from pulumi_adobe.timestamps import format_timestamp


@dataclass(frozen=True)
class _ReportOptions:
    """The options of a report; with ``is_live`` it asks Flow Service for dataflows that the stack does not manage."""

    source: PlanLocation
    gates: list[Gate]
    overrides: list[Override]
    made: str
    is_live: bool
    sandbox: str | None


def _build_report(request: _ReportOptions) -> dict[str, Any]:
    """Return the report as data, without any secret."""
    source = request.source
    with show_steps() as report_step:
        text, events = read_plan(source, report_step)
        redactor = build_redactor(os.environ)
        plan = parse_plan(redact_digest(read_preview_document(text, source.description), redactor))
        violations = None if events is None else read_violations(events, f"{source.events or 'The event log'}")
        look_up = None
        if request.is_live:
            report_step("reading the dataflows of Flow Service")
            look_up = build_dataflow_lookup(open_place(source.stack, source.folder, request.sandbox))
        result = build_result(
            plan,
            gates=request.gates,
            overrides=request.overrides,
            violations=violations,
            look_up=look_up,
            made=request.made,
        )
    report: dict[str, Any] = redact_report(result, redactor)
    return report


def _exit_with_verdict(report: Mapping[str, Any]) -> None:
    if report["verdict"] == FAILED_PREVIEW:
        raise typer.Exit(FAILED)
    if report["verdict"] == STOPPED:
        raise typer.Exit(FOUND)


def command(  # noqa: PLR0913 - the options of the command
    plan: Annotated[
        str | None,
        typer.Argument(metavar="PLAN", help="The output of `pulumi preview --json`: a file, or - for standard input."),
    ] = None,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    policy_pack: Annotated[
        list[Path] | None, typer.Option(help="Run the preview with this policy pack.", exists=True)
    ] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Run the preview with a refresh, to show drift.")] = False,
    events: Annotated[Path | None, typer.Option(help="The event log of the preview that wrote PLAN.")] = None,
    live: Annotated[bool, typer.Option("--live", help="Also list dataflows that no stack manages.")] = False,
    fail_on: Annotated[str | None, typer.Option(help="Exit with 1 on a match: 'replace-in-use,delete>0'.")] = None,
    override: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT", parser=decode_as_utf8, help="Ignore a failed gate: 'gate: reason'. The report shows both."
        ),
    ] = None,
    markdown_file: Annotated[
        Path | None, typer.Option("--markdown", help="Write the report to this Markdown file.")
    ] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="Write the report to this HTML file.")] = None,
    json: Json = False,
) -> None:
    """Report a preview: what changes, which dataflows it touches, what policies say. Gates stop the plan.

    Exit codes: 0 no gate stops the plan; 1 a gate stops it; 2 a gate is invalid; 3 the preview failed, or is no
    plan.

    Examples:

      adobe-flow report --stack prod --fail-on 'change>20%,delete>0' --html plan.html

      adobe-flow report plan.json --fail-on 'delete>0' --override 'delete: OPS-12'
    """
    made = format_timestamp(datetime.now(timezone.utc))
    try:
        gates = parse_gates(fail_on) if fail_on is not None else []
        overrides = parse_overrides(override or [], gates, find_override_origin(os.environ, cwd), made)
    except GateError as error:
        raise typer.BadParameter(str(error)) from None
    if plan and (policy_pack or refresh):
        raise typer.BadParameter("--policy-pack and --refresh need a preview that adobe-flow runs: leave out PLAN")
    if events and not plan:
        raise typer.BadParameter("--events is the event log of a PLAN: name the PLAN too")
    source = PlanLocation(plan, events, stack, cwd, tuple(policy_pack or ()), refresh)
    report = _build_report(_ReportOptions(source, gates, overrides, made, live, sandbox))
    forms = ((markdown_file, build_markdown), (html_file, build_report_page))
    write_files({file: build(report) for file, build in forms if file})
    print_result(report, as_json=json, render=render_report)
    _exit_with_verdict(report)
