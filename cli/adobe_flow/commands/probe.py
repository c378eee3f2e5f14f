"""`adobe-flow probe`: which of the emulator's switches describe an organization."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.aep.place import Place, open_place
from adobe_flow.exit_codes import DONE, FOUND
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, format_cell, print_result
from adobe_flow.probe.finding import MEASURED, UNKNOWN
from adobe_flow.probe.left_overs import LeftOvers, require_readable
from adobe_flow.probe.report import prepare_report_folder, write_report
from adobe_flow.probe.session import ProbeSession
from adobe_flow.probe.throw_away import HOST
from adobe_flow.prompts import require_answerable, require_consent, run_prompt
from adobe_flow.safe_output import redact_result, write_to_stderr
from adobe_flow.tables import create_table, print_table


def run_probe(place: Place, *, write: bool, yes: bool) -> Result:
    """Probe the sandbox. With ``write``, also delete the throw-away connections that earlier probes have left."""
    session = ProbeSession(place.service, write_to_stderr)
    require_readable(session.client)
    left_overs = LeftOvers(
        session.client, place.settings.credentials.timeout, write_to_stderr, place.service.service_time
    )
    entities = left_overs.find_left_overs_and_print()
    remaining = len(entities)
    if write:
        write_to_stderr(describe_write_requests(place, session.throw_away.name))
        require_consent(f"Probe the sandbox {place.sandbox}?", yes=yes)
        remaining = left_overs.delete(entities, yes=yes, agree=_ask_for_confirmation)
    elif entities:
        write_to_stderr("A probe with --write deletes what earlier ones have left behind.")
    write_to_stderr("Reading")
    session.send_read_requests()
    if write:
        write_to_stderr(f"Creating, changing and deleting {session.throw_away.name}")
        session.send_write_requests()
    return session.build_result(remaining, datetime.now(timezone.utc))


def describe_write_requests(place: Place, name: str) -> str:
    """Return the text that tells the user which requests --write will send, before anything is changed."""
    return (
        f"In the sandbox {place.sandbox} of {place.settings.credentials.org_id} this probe creates the SFTP connection "
        f"{name}\nwith the made-up host {HOST} and a made-up password, tries to create a second one of the same name,\n"
        "changes description and password of the first, and deletes both. Adobe may try to reach the host, which does\n"
        "not exist. If Flow Service refuses made-up credentials, it creates an HTTP API connection in its place.\n"
        "No other entity is changed."
    )


def _ask_for_confirmation(question: str) -> bool:
    return run_prompt(lambda: typer.confirm(question, err=True))


def render_probe_findings(console: Console, result: Result) -> None:
    """Print a line for each switch, then the number of switches whose value is known."""
    shown = create_table("switch", "value", "what was seen")
    for finding in result["switches"]:
        shown.add_row(finding["switch"], format_cell(_format_finding(finding)), format_cell(finding["because"]))
    print_table(console, shown)
    if result["stopped"]:
        console.print(f"The writing ended early: {format_cell(result['stopped'])}")
    measured = sum(switch["status"] == MEASURED for switch in result["switches"])
    console.print(f"{measured} of {len(result['switches'])} switches measured; Adobe's clock: {result['clock']:+d} s")
    own = result["throwAway"]
    if result["write"]:
        console.print(f"throw-away connections: {own['created']} created, {own['deleted']} deleted, {own['left']} left")


def _format_finding(finding: Mapping[str, Any]) -> str:
    if finding["status"] == UNKNOWN:
        return "?"
    return str(finding["value"] or " or ".join(finding["candidates"]))


def choose_exit_code(result: Result) -> int:
    """Return the exit code FOUND if a throw-away connection of this or an earlier probe still exists, else DONE."""
    return FOUND if result["throwAway"]["left"] or result["leftOvers"] else DONE


def command(  # noqa: PLR0913 - the options of the command
    *,
    write: Annotated[
        bool, typer.Option("--write", help="Create, change and delete one throw-away connection too.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without a confirmation.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="The folder for the report and the emulator's switch file.", file_okay=False
        ),
    ] = None,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Measure how the Flow Service of an organization behaves, and report which switches of the emulator describe it.

    Without --write it only reads: lists of connections, dataflows and runs, an id that does not exist, and lists with
    unknown fields, parameters and limits. Nothing is changed.

    With --write it creates an SFTP connection with a made-up host and password, whose name begins with
    adobe-flow-probe-, tries to create a second one of that name, changes the description and the password of the
    first, and deletes both, also if it is interrupted. The host does not exist (.invalid), so Adobe can reach nobody.
    If made-up credentials are refused, an HTTP API connection takes its place. After a kill -9, the next probe with
    --write finds what is left by its name, asks, and deletes it; with --yes, what is older than 15 minutes.

    The report has no secret, and names neither organization, sandbox nor entities: attach it to an issue.

    Exit code 1 if a throw-away connection is left.

    Examples:

      adobe-flow probe --sandbox dev

      adobe-flow probe --sandbox dev --write --output probe
    """
    if write:
        require_answerable(yes=yes, as_json=json)
    if output is not None:
        prepare_report_folder(output)
    result: dict[str, Any] = redact_result(run_probe(open_place(stack, cwd, sandbox), write=write, yes=yes))
    print_result(result, as_json=json, render=render_probe_findings)
    if output is not None:
        for file in write_report(result, output):
            write_to_stderr(f"Written: {file}")
    raise typer.Exit(choose_exit_code(result))
