"""`adobe-flow doctor`: whether everything is in order that the provider and this command line need."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.examination import examine
from adobe_flow.doctor.finding import OK, UNCHECKED, WRONG
from adobe_flow.encoding import as_utf8
from adobe_flow.exit_codes import DONE, FOUND
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, show, table
from adobe_flow.shown import SafeConsole

_MARKS = {OK: ("✓", "ok", "green"), WRONG: ("✗", "NO", "red"), UNCHECKED: ("-", "-", "dim")}
"""The mark of each status, the one for terminals that cannot show it, and its colour."""


def diagnosed(case: Case) -> Result:
    """What each check found, in their order. Never raises: what cannot be had is a finding."""
    with SafeConsole(stderr=True).status("checking") as status:
        found = list(examine(case, lambda name: status.update(f"checking the {name}")))
    return {
        "stack": case.stack.name if case.stack else None,
        "connection": case.connection,
        "checks": [asdict(each) for each in found],
    }


def render(console: Console, result: Result) -> None:
    """A line each: a mark, the check, what was found; below it what to do."""
    plain = not _shows(console.encoding, "✓✗…")
    shown = table("", "", "")
    shown.show_header = False
    for each in result["checks"]:
        mark, instead, colour = _MARKS[each["status"]]
        text = "\n".join(filter(None, (each["text"], each["todo"])))
        shown.add_row(f"[{colour}]{instead if plain else mark}[/]", each["check"], escape(text))
    console.print(shown)
    wrong = sum(each["status"] == WRONG for each in result["checks"])
    console.print("Nothing is wrong." if not wrong else f"{wrong} of {len(result['checks'])} checks failed.")


def _shows(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def exit_code(result: Result) -> int:
    """FOUND where anything is wrong."""
    return FOUND if any(each["status"] == WRONG for each in result["checks"]) else DONE


def command(
    *,
    connection: Annotated[
        str | None,
        typer.Option(
            "--connection",
            metavar="NAME|ID",
            parser=as_utf8,
            help="Check the whole path of its rows to the datasets too.",
        ),
    ] = None,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Check settings, network, token, organization, sandbox, permission, sources, clock, state and stack files.

    With --connection, also all that its rows need on their way: licence, credentials, cluster, landing zone, Spark key,
    tables, identity, schema, schedule, and the last runs. For the Spark key, Databricks is asked: DATABRICKS_HOST,
    DATABRICKS_TOKEN.

    Nothing is changed, and no secret is shown. Exit code 1 where anything is wrong.

    Examples:

      adobe-flow doctor --stack prod

      adobe-flow doctor --connection "ACME lake" --stack prod

      adobe-flow doctor --json
    """
    result = diagnosed(Case(cwd, stack, sandbox, os.environ, connection))
    show(result, as_json=json, render=render)
    raise typer.Exit(exit_code(result))
