"""`adobe-flow doctor`: check everything that the provider and this command line need."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.examination import run_checks
from adobe_flow.doctor.finding import OK, UNCHECKED, WRONG
from adobe_flow.encoding import decode_as_utf8
from adobe_flow.exit_codes import DONE, FOUND
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, print_result
from adobe_flow.progress import show_steps
from adobe_flow.tables import create_table, print_table

_MARKS = {OK: ("✓", "ok", "green"), WRONG: ("✗", "NO", "red"), UNCHECKED: ("-", "-", "dim")}
"""The mark of each status, the one for terminals that cannot show it, and its colour."""


def build_findings(context: DoctorContext) -> Result:
    """Run the checks and return their findings in order. An error is a finding, so none is raised."""
    with show_steps() as report_step:
        findings = list(run_checks(context, lambda name: report_step(f"checking the {name}")))
    return {
        "stack": context.stack.name if context.stack else None,
        "connection": context.connection,
        "checks": [asdict(finding) for finding in findings],
    }


def render_findings(console: Console, result: Result) -> None:
    """Print a line for each check: a mark, its name, its finding, and below it the remedy."""
    is_plain = not _can_encode(console.encoding, "✓✗…")
    rows = create_table("", "", "")
    rows.show_header = False
    for finding in result["checks"]:
        mark, plain_mark, colour = _MARKS[finding["status"]]
        text = "\n".join(filter(None, (finding["text"], finding["todo"])))
        rows.add_row(f"[{colour}]{plain_mark if is_plain else mark}[/]", finding["check"], escape(text))
    print_table(console, rows)
    wrong = sum(finding["status"] == WRONG for finding in result["checks"])
    console.print("Nothing is wrong." if not wrong else f"{wrong} of {len(result['checks'])} checks failed.")


def _can_encode(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def choose_exit_code(result: Result) -> int:
    """Return the exit code FOUND if a check found a problem, else DONE."""
    return FOUND if any(finding["status"] == WRONG for finding in result["checks"]) else DONE


def command(
    *,
    connection: Annotated[
        str | None,
        typer.Option(
            "--connection",
            metavar="NAME|ID",
            parser=decode_as_utf8,
            help="Also check the path of this connection's rows to the datasets.",
        ),
    ] = None,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Check settings, network, token, organization, sandbox, permission, sources, clock, state and stack files.

    With --connection, also check everything that its rows need: licence, credentials, cluster, landing zone, Spark key,
    tables, identity, schema, schedule, and the last runs. For the Spark key, the command asks Databricks
    (DATABRICKS_HOST, DATABRICKS_TOKEN).

    The command changes nothing and shows no secret. Exit code 1 if anything is wrong.

    Examples:

      adobe-flow doctor --stack prod

      adobe-flow doctor --connection "ACME lake" --stack prod

      adobe-flow doctor --json
    """
    result = build_findings(DoctorContext(cwd, stack, sandbox, os.environ, connection))
    print_result(result, as_json=json, render=render_findings)
    raise typer.Exit(choose_exit_code(result))
