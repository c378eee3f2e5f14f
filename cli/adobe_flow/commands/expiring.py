"""`adobe-flow expiring`: the Databricks tokens, share recipients and landing zone that expire within so many days."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from adobe_flow.exit_codes import DONE, FAILED, FOUND
from adobe_flow.expiries import known, row
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, cell, show, table
from adobe_flow.place import Place, open_place
from pulumi_adobe.expiry import WARN_DAYS


def expiring(place: Place, days: int, *, tokens_only: bool) -> Result:
    """All ends that are known, the next one first, judged by the service's clock."""
    found = known(place, tokens_only=tokens_only)
    now = place.service.service_time()
    return {
        "days": days,
        "stack": place.stack.name if place.stack else None,
        "ends": [row(each, now, days) for each in found.ends],
        "undeclared": found.undeclared,
        "unknown": [{"what": what, "reason": reason} for what, reason in found.unknown],
    }


def render(console: Console, result: Result) -> None:
    """A table, the next one first, `!` before what ends within the days; then what has no end that is known."""
    shown = table("", "ends", "days", "what", "name", "sandbox", "from")
    for each in result["ends"]:
        shown.add_row(
            "!" if each["soon"] else "",
            cell(each["endsAt"]),
            "ended" if each["daysLeft"] < 0 else str(each["daysLeft"]),
            *(cell(each[name]) for name in ("what", "name", "sandbox", "from")),
        )
    if result["ends"]:
        console.print(shown)
    soon = sum(each["soon"] for each in result["ends"])
    console.print(f"{soon} of {len(result['ends'])} {'ends' if soon == 1 else 'end'} within {result['days']} days")
    if result["undeclared"]:
        console.print(f"no end is declared (accessTokenExpiresAt) for: {cell(', '.join(result['undeclared']))}")
    for each in result["unknown"]:
        console.print(f"not known: {cell(each['what'])}: {cell(each['reason'])}")
    if result["stack"] is None:
        console.print("Of tokens only a stack knows: name one with --stack.")


def exit_code(result: Result) -> int:
    """FOUND where something ends within the days; FAILED where nothing does, but something is not known."""
    if any(each["soon"] for each in result["ends"]):
        return FOUND
    return FAILED if result["unknown"] else DONE


def command(  # noqa: PLR0913 - the options of the command
    *,
    days: Annotated[int, typer.Option(min=0, max=36_500, help="How far to look ahead.")] = WARN_DAYS,
    tokens_only: Annotated[bool, typer.Option("--tokens-only", help="Leave the landing zone out.")] = False,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Show when Databricks tokens, Delta Sharing recipients of the stack and the landing zone's SAS expire.

    Exit code 1 where something ends within the days, or has ended.

    Examples:

      adobe-flow expiring --stack prod

      adobe-flow expiring --stack prod --days 30 --json
    """
    result = expiring(open_place(stack, cwd, sandbox), days, tokens_only=tokens_only)
    show(result, as_json=json, render=render)
    raise typer.Exit(exit_code(result))
