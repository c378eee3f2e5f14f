"""`adobe-flow adopt`: takes connections that exist under a stack's management, and sends their secrets on demand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from adobe_flow.adopting import sending
from adobe_flow.adopting.adoption import Adoption, Wanted, as_result, prepared
from adobe_flow.adopting.exchange import put_back, take_over
from adobe_flow.adopting.map_file import read_map
from adobe_flow.confirming import require_answerable, require_consent
from adobe_flow.encoding import as_utf8
from adobe_flow.exit_codes import FOUND
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import MOST, Result, cell, more, show, table
from adobe_flow.problem import Problem
from adobe_flow.shown import SafeConsole, safe, say
from adobe_flow.stack import Stack as PulumiStack


def render(console: Console, result: Result) -> None:
    """What is taken over, what is not and why."""
    _plan(console, result)
    _summary(console, result)


def _plan(console: Console, result: Result) -> None:
    adopted, left = result["connections"], result["left"]
    if adopted:
        console.print("taken over" if result["adopted"] else "to be taken over", style="bold")
        rows = table("resource", "connection", "sandbox", "id", "differs in")
        rows.columns[3].no_wrap = True
        for each in adopted[:MOST]:
            rows.add_row(*(cell(each[name]) for name in ("resource", "name", "sandbox", "id")), _listed(each))
        console.print(rows)
        more(console, len(adopted))
    if left:
        console.print("not taken over, so that `pulumi up` would make it", style="bold")
        rows = table("resource", "why", "ids")
        rows.columns[2].no_wrap = True
        for each in left[:MOST]:
            rows.add_row(cell(each["resource"]), cell(each["reason"]), cell("\n".join(each["candidates"])))
        console.print(rows)
        more(console, len(left))


def _listed(each: dict[str, Any]) -> str:
    return cell(", ".join((*each["differs"], *(f"{name} (known later)" for name in each["later"]))))


def _summary(console: Console, result: Result) -> None:
    differing = sum(bool(each["differs"] or each["later"]) for each in result["connections"])
    unsent = sum(each["secretConfirmed"] is False for each in result["connections"])
    console.print(f"{len(result['connections'])} {'adopted' if result['adopted'] else 'to adopt'}", end="")
    console.print(f", {len(result['left'])} left to `pulumi up`; nothing is changed in Experience Platform")
    if differing:
        console.print(f"Not yet what is declared, so that the next `pulumi up` would change them: {differing}")
    if unsent:
        console.print(
            f"With secrets that were never sent from here (adobe-flow adopt --send-secrets sends them): {unsent}"
        )
    if result["backup"]:
        console.print("the state before is kept; to go back to it:")
        console.print(f"  {cell(result['undo'])}", soft_wrap=True)


def render_sending(console: Console, sent: Sequence[dict[str, Any]], *, done: bool) -> None:
    """Whose secrets go out, and what an update would change beside them."""
    console.print("secrets sent" if done else "secrets to be sent", style="bold")
    rows = table("resource", "id", "also changes")
    rows.columns[1].no_wrap = True
    for each in sent[:MOST]:
        rows.add_row(cell(each["resource"]), cell(each["id"]), cell(", ".join(each["also"])))
    console.print(rows)
    more(console, len(sent))


def command(  # noqa: PLR0913 - the options of the command
    resources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[RESOURCE]...", parser=as_utf8, help="Only these, as the program calls them."),
    ] = None,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="RESOURCE=ID", parser=as_utf8, help="Say which one a resource is."),
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option(help="The same for many: the adoption.json of an export.", exists=True)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan, and change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    send_secrets: Annotated[
        bool, typer.Option("--send-secrets", help="Then send the adopted secrets, by `pulumi up`, and test them.")
    ] = False,
    json: Json = False,
) -> None:
    """Take connections that exist under the stack's management, without changing anything in Experience Platform.

    What the program declares and the stack does not have is looked for by source and name, read into a copy of the
    state, and shown; then the state takes it in one step. Secrets are the declared ones, encrypted.

    Examples:

      adobe-flow adopt --stack prod --dry-run

      adobe-flow adopt --stack prod --map lake=5f8b2e6a-7c0d-4a75-9c3e-0d1f2a3b4c5d --yes

      adobe-flow adopt --stack prod --send-secrets
    """
    if stack is None:
        raise Problem("Which stack is to have them?", "Name it: --stack prod")
    if not dry_run:
        require_answerable(yes=yes, as_json=json)
    where, names = PulumiStack(cwd, stack), tuple(resources or ())
    # With --send-secrets a name may be of one that was adopted before.
    only = () if send_secrets else names
    asked = Wanted(mapped or (), read_map(map_file) if map_file else {}, only)
    try:
        found = prepared(where, asked, _say)
    except KeyboardInterrupt:
        _say("Interrupted. Nothing was changed.")
        raise
    result = _adopted(where, found, dry_run=dry_run, yes=yes, as_json=json)
    if send_secrets:
        result["secrets"] = _sent(where, names, dry_run=dry_run, yes=yes, as_json=json)
        result["sent"] = bool(result["secrets"]) and not dry_run
    if json:
        show(result, as_json=True, render=render)
    if found.left or any(each.changes for each in found.adopted):
        raise typer.Exit(FOUND)


_NOTHING_DONE: Final[dict[str, Any]] = {"adopted": False, "backup": None, "undo": None, "secrets": [], "sent": False}


def _adopted(where: PulumiStack, found: Adoption, *, dry_run: bool, yes: bool, as_json: bool) -> dict[str, Any]:
    plan = {"stack": where.name, **as_result(found), **_NOTHING_DONE}
    if dry_run or not found.adopted:
        if not as_json:
            show(plan, as_json=False, render=render)
        return plan
    if not yes:
        show(plan, as_json=False, render=render)
    require_consent(f"Take over {len(found.adopted)} connections in the state of {where.name}?", yes=yes)
    backup = take_over(where, found.before, found.gained)
    done = {**plan, "adopted": True, "backup": str(backup), "undo": put_back(where, backup)}
    if not as_json:
        # Who was asked has seen the plan.
        show(done, as_json=False, render=render if yes else _summary)
    return done


def _sent(
    where: PulumiStack, names: tuple[str, ...], *, dry_run: bool, yes: bool, as_json: bool
) -> list[dict[str, Any]]:
    """Send them, unless it is a dry run; gives whose they are."""
    _say("Looking for adopted secrets that were never sent (pulumi preview)")
    plan = sending.planned(where, names)
    sent = sending.as_result(plan)
    if not sent:
        _say("There is none")
        return []
    if not as_json and (dry_run or not yes):
        render_sending(SafeConsole(), safe(sent), done=False)
    if dry_run:
        return sent
    require_consent(f"Send the secrets of {len(sent)} connections to Experience Platform?", yes=yes)
    sending.send(plan)
    if not as_json:
        render_sending(SafeConsole(), safe(sent), done=True)
    return sent


def _say(text: str) -> None:
    say(text)
