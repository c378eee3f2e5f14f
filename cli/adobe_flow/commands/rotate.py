"""`adobe-flow rotate`: the guided rotation of a Databricks token on a stack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from adobe_flow.confirming import answered, require_answerable
from adobe_flow.connection_tests import PASSED
from adobe_flow.documents import read_standard_input
from adobe_flow.encoding import as_utf8
from adobe_flow.exit_codes import FOUND
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import Result, cell, short, show, table
from adobe_flow.place import Place, open_place
from adobe_flow.problem import Problem
from adobe_flow.rotate.first_runs import are_good, describe_first_run, find_first_runs
from adobe_flow.rotate.messages import PLATFORM
from adobe_flow.rotate.preview import Plan
from adobe_flow.rotate.rotation import Rotation
from adobe_flow.rotate.token_state import Standing, look
from adobe_flow.shown import say
from adobe_flow.stack import Stack as PulumiStack
from pulumi_adobe.expiry import validate_expiry
from pulumi_adobe.secret_values import validate_secret

T = TypeVar("T")

_ASK, _STDIN, _RESUME, _BACK = "ask", "stdin", "resume", "back"
"""Where the token comes from."""


@dataclass(frozen=True)
class _Wish:
    """What the command line asks for."""

    name: str
    source: str
    expires_at: str | None
    yes: bool
    wait_minutes: float | None


def render(console: Console, result: Result, *, back: bool) -> None:
    """What was done, what the test says, and the last run of each dataflow."""
    done = {"set": "set", "already": "had it already", "done": "updated in place"}
    console.print(f"config of {cell(result['stack'])}: {done[result['config']]}")
    console.print(f"{cell(result['name'])} in {cell(result['sandbox'])}: {done[result['update']]}")
    reason = f": {cell(result['test']['reason'])}" if result["test"]["reason"] else ""
    console.print(f"test: {result['test']['result']}{reason}")
    _render_dataflows(console, result)
    for row in result["firstRuns"] or ():
        console.print(f"first run of {cell(describe_first_run(row))}")
    confirmed = result["test"]["result"] == PASSED and result["overtakenBy"] is None
    if confirmed and result["update"] == "done" and not back:
        console.print("next: revoke the old token in Databricks")


def _render_dataflows(console: Console, result: Result) -> None:
    if not result["dataflows"]:
        console.print("no dataflow reads from it")
        return
    shown = table("dataflow", "state", "last run", "with the new token")
    for each in result["dataflows"]:
        last = each["lastRun"] or {}
        after = {True: "yes", False: "no, its next run will be", None: "-"}[last.get("after")]
        run = f"{cell(last['state'])} {short(last['at'])}" if last else "none yet"
        shown.add_row(cell(each["name"]), cell(each["state"]), run, after)
    console.print(shown)


def command(  # noqa: PLR0913 - the options of the command
    wanted: Annotated[
        str, typer.Argument(metavar="NAME", parser=as_utf8, help="As the program or Experience Platform calls it.")
    ],
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    token_stdin: Annotated[bool, typer.Option("--token-stdin", help="Read the new token from standard input.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the token that the config has.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Go back to the token of the last complete update.")] = False,
    expires_at: Annotated[
        str | None, typer.Option(metavar="DATE", help="When the new token ends: accessTokenExpiresAt of its entry.")
    ] = None,
    wait: Annotated[
        float | None,
        typer.Option(
            min=0, max=100_000, metavar="MINUTES", help="Retry failed last runs or wait for the next ones; report them."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the update.")] = False,
    json: Json = False,
) -> None:
    """Rotate a Databricks token: into the config encrypted, preview, update of that connection alone, test, last runs.

    The token is asked for at the terminal, where it is not shown, or comes from standard input. What was interrupted
    goes on with --resume.

    Examples:

      adobe-flow rotate acme-lake --stack prod

      vault read -field=token databricks/aep | adobe-flow rotate acme-lake --stack prod --token-stdin --yes
    """
    if token_stdin + resume + back > 1:
        raise typer.BadParameter("--token-stdin, --resume and --back exclude one another")
    if stack is None:
        raise Problem("On which stack is the token to be rotated?", "Name it: --stack prod")
    if expires_at and (problem := validate_expiry(expires_at)):
        raise typer.BadParameter(f"--expires-at {problem}")
    require_answerable(yes=yes, as_json=json)
    source = _STDIN if token_stdin else _RESUME if resume else _BACK if back else _ASK
    result = _rotated(open_place(stack, cwd), PulumiStack(cwd, stack), _Wish(wanted, source, expires_at, yes, wait))
    show(result, as_json=json, render=partial(render, back=back))
    if result["test"]["result"] != PASSED or result["overtakenBy"] or not are_good(result["firstRuns"] or ()):
        raise typer.Exit(FOUND)


def _rotated(place: Place, stack: PulumiStack, wish: _Wish) -> Result:
    target, standing = look(stack, wish.name)

    def agreed(plan: Plan) -> bool:
        also = f", and {', '.join(plan.changes)}, which the program has changed" if plan.changes else ""
        _say(f"plan: update {target.resource} in place: its access token{also}; nothing else")
        return wish.yes or answered(lambda: typer.confirm(f"Send it to {PLATFORM}?", err=True))

    token = _given(standing, wish.source)
    service = place.service if target.sandbox == place.sandbox else place.service.for_sandbox(target.sandbox)
    rotation = Rotation(stack, service, target, standing, token, agreed, _say, wish.source == _BACK, wish.expires_at)
    about = {"resource": target.resource, "id": target.id, "name": target.name, "sandbox": target.sandbox}
    done = rotation.run()
    waits = wish.wait_minutes is not None and done["test"]["result"] == PASSED
    first_runs = find_first_runs(service, done["dataflows"], wish.wait_minutes or 0) if waits else None
    return {"stack": stack.name, **about, **done, "firstRuns": first_runs}


def _given(standing: Standing, source: str) -> str:
    if source == _BACK:
        if standing.before is None:
            raise Problem("Config and state have one token: there is none to go back to.", "To set another: rotate.")
        return standing.before
    if source == _RESUME:
        if standing.pending is None:
            raise Problem("The token of the config is in Experience Platform already: there is nothing to resume.")
        return standing.pending
    if source == _STDIN:
        return _checked(read_standard_input())
    pending = " (Enter alone: go on with the one in the config, which is not sent yet)" if standing.pending else ""
    question = f"New token{pending}"
    default = standing.pending or ""
    return _checked(answered(lambda: typer.prompt(question, default, hide_input=True, show_default=False, err=True)))


def _checked(given: str) -> str:
    token = given.strip()
    if not token or not token.isprintable() or " " in token or not token.isascii():
        raise Problem(
            "That is no token: it is empty, or has a blank or a strange character in it. Nothing was changed."
        )
    if problem := validate_secret(token):
        raise Problem(f"The token {problem}. Nothing was changed.")
    return token


def _say(text: str) -> None:
    say(text)
