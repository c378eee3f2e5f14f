"""`adobe-flow expiring`: the Databricks tokens, share recipients and landing zones that expire soon."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from adobe_flow.aep.expiries import build_expiry_row, find_expiries
from adobe_flow.aep.place import Place, open_place
from adobe_flow.exit_codes import DONE, FAILED, FOUND
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, format_cell, print_result
from adobe_flow.progress import run_step
from adobe_flow.tables import create_table, print_table
from pulumi_adobe.expiry import WARN_DAYS


def build_expiries(place: Place, days: int, *, tokens_only: bool) -> Result:
    """Return all known expiries, the next one first; the service's clock decides which are soon."""
    expiries = run_step("reading the expiries", lambda: find_expiries(place, tokens_only=tokens_only))
    now = place.service.service_time()
    return {
        "days": days,
        "stack": place.stack.name if place.stack else None,
        "ends": [build_expiry_row(expiry, now, days) for expiry in expiries.dated],
        "undeclared": expiries.undeclared,
        "unknown": [{"what": what, "reason": reason} for what, reason in expiries.unknown],
    }


def render_expiries(console: Console, result: Result) -> None:
    """Print a table with the next expiry first and `!` before each that is soon; then the credentials without one."""
    rows = create_table("", "ends", "days", "what", "name", "sandbox", "from")
    for expiry in result["ends"]:
        rows.add_row(
            "!" if expiry["soon"] else "",
            format_cell(expiry["endsAt"]),
            "ended" if expiry["daysLeft"] < 0 else str(expiry["daysLeft"]),
            *(format_cell(expiry[name]) for name in ("what", "name", "sandbox", "from")),
        )
    if result["ends"]:
        print_table(console, rows)
    soon = sum(expiry["soon"] for expiry in result["ends"])
    console.print(f"{soon} of {len(result['ends'])} {'ends' if soon == 1 else 'end'} within {result['days']} days")
    if result["undeclared"]:
        console.print(
            f"no expiry is declared (accessTokenExpiresAt) for: {format_cell(', '.join(result['undeclared']))}"
        )
    for credential in result["unknown"]:
        console.print(f"not known: {format_cell(credential['what'])}: {format_cell(credential['reason'])}")
    if result["stack"] is None:
        console.print("Only a stack knows the expiries of tokens: name one with --stack.")


def choose_exit_code(result: Result) -> int:
    """Return the exit code FOUND if an expiry is soon; FAILED if none is, but one is unknown; else DONE."""
    if any(expiry["soon"] for expiry in result["ends"]):
        return FOUND
    return FAILED if result["unknown"] else DONE


def command(  # noqa: PLR0913 - the options of the command
    *,
    days: Annotated[int, typer.Option(min=0, max=36_500, help="The number of days to look ahead.")] = WARN_DAYS,
    tokens_only: Annotated[bool, typer.Option("--tokens-only", help="Leave out the landing zones.")] = False,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Show when Databricks tokens, Delta Sharing recipients of the stack and the landing zone's SAS expire.

    Exit code 1 if one of them expires within the days, or has expired.

    Examples:

      adobe-flow expiring --stack prod

      adobe-flow expiring --stack prod --days 30 --json
    """
    place = run_step("reading the settings", lambda: open_place(stack, cwd, sandbox))
    result = build_expiries(place, days, tokens_only=tokens_only)
    print_result(result, as_json=json, render=render_expiries)
    raise typer.Exit(choose_exit_code(result))
