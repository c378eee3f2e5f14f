"""`adobe-flow rotate`: the guided rotation of a Databricks token on a stack."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Final

import typer
from rich.console import Console

from adobe_flow.aep.connection_tests import PASSED
from adobe_flow.aep.place import Place, open_place
from adobe_flow.documents import read_standard_input
from adobe_flow.encoding import decode_as_utf8
from adobe_flow.exit_codes import FOUND
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import Result, format_cell, format_minute, print_result
from adobe_flow.problem import Problem
from adobe_flow.prompts import require_answerable, run_prompt
from adobe_flow.pulumi_cli.stack import Stack as PulumiStack
from adobe_flow.rotate.first_runs import are_all_first_runs_successful, describe_first_run, find_first_runs
from adobe_flow.rotate.messages import PLATFORM
from adobe_flow.rotate.preview import UpdatePreview
from adobe_flow.rotate.rotation import Rotation
from adobe_flow.rotate.token_state import TokenState, read_token_state
from adobe_flow.safe_output import write_to_stderr
from adobe_flow.tables import create_table, print_table
from pulumi_adobe.config.settings import NAMESPACE
from pulumi_adobe.expiry import validate_expiry
from pulumi_adobe.secret_values import validate_secret

_ASK, _STDIN, _RESUME, _BACK = "ask", "stdin", "resume", "back"
"""The sources of the token."""

_SEND_SECRETS: Final = f"{NAMESPACE}_SEND_SECRETS".upper()


@dataclass(frozen=True)
class _RotateArguments:
    """The arguments of the command."""

    name: str
    source: str
    expires_at: str | None
    yes: bool
    wait_minutes: float | None


def render_rotation(console: Console, result: Result, *, back: bool) -> None:
    """Print what was done, the result of the test, and the last run of each dataflow."""
    outcomes = {"set": "set", "already": "had it already", "done": "updated in place"}
    console.print(f"config of {format_cell(result['stack'])}: {outcomes[result['config']]}")
    console.print(f"{format_cell(result['name'])} in {format_cell(result['sandbox'])}: {outcomes[result['update']]}")
    reason = f": {format_cell(result['test']['reason'])}" if result["test"]["reason"] else ""
    console.print(f"test: {result['test']['result']}{reason}")
    _render_dataflows(console, result)
    for row in result["firstRuns"] or ():
        console.print(f"first run of {format_cell(describe_first_run(row))}")
    is_confirmed = result["test"]["result"] == PASSED and result["overtakenBy"] is None
    if is_confirmed and result["update"] == "done" and not back:
        console.print("next: revoke the old token in Databricks")


def _render_dataflows(console: Console, result: Result) -> None:
    if not result["dataflows"]:
        console.print("no dataflow reads from it")
        return
    rows = create_table("dataflow", "state", "last run", "with the new token")
    for dataflow in result["dataflows"]:
        last = dataflow["lastRun"] or {}
        after = {True: "yes", False: "no, its next run will be", None: "-"}[last.get("after")]
        run = f"{format_cell(last['state'])} {format_minute(last['at'])}" if last else "none yet"
        rows.add_row(format_cell(dataflow["name"]), format_cell(dataflow["state"]), run, after)
    print_table(console, rows)


def command(  # noqa: PLR0913 - the options of the command
    name_or_id: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            parser=decode_as_utf8,
            help="The connection: its name in the program or in Experience Platform.",
        ),
    ],
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    token_stdin: Annotated[bool, typer.Option("--token-stdin", help="Read the new token from standard input.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Continue with the token in the config.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Go back to the token of the last complete update.")] = False,
    expires_at: Annotated[
        str | None, typer.Option(metavar="DATE", help="The expiry of the new token: accessTokenExpiresAt of its entry.")
    ] = None,
    wait: Annotated[
        float | None,
        typer.Option(
            min=0, max=100_000, metavar="MINUTES", help="Retry failed last runs or wait for the next runs; show them."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Update without a confirmation.")] = False,
    json: Json = False,
) -> None:
    """Rotate a Databricks token: set it in the config, encrypted; preview and update that connection alone; test it.

    The command asks for the token at the terminal, which does not show it, or reads it from standard input. To continue
    an interrupted rotation: --resume.

    Examples:

      adobe-flow rotate acme-lake --stack prod

      vault read -field=token databricks/aep | adobe-flow rotate acme-lake --stack prod --token-stdin --yes
    """
    if token_stdin + resume + back > 1:
        raise typer.BadParameter("--token-stdin, --resume and --back exclude one another")
    if stack is None:
        raise Problem("A rotation needs a stack, and none is named.", "Name it: --stack prod")
    if expires_at and (problem := validate_expiry(expires_at)):
        raise typer.BadParameter(f"--expires-at {problem}")
    require_answerable(yes=yes, as_json=json)
    source = _STDIN if token_stdin else _RESUME if resume else _BACK if back else _ASK
    write_to_stderr(f"reading the config and the state of {stack}")
    result = _rotate(
        open_place(stack, cwd), PulumiStack(cwd, stack), _RotateArguments(name_or_id, source, expires_at, yes, wait)
    )
    print_result(result, as_json=json, render=partial(render_rotation, back=back))
    if (
        result["test"]["result"] != PASSED
        or result["overtakenBy"]
        or not are_all_first_runs_successful(result["firstRuns"] or ())
    ):
        raise typer.Exit(FOUND)


def _rotate(place: Place, stack: PulumiStack, request: _RotateArguments) -> Result:
    target, state = read_token_state(stack, request.name)
    # A token that was imported and never sent is no change of the program, so the update has to be asked for it.
    stack = replace(stack, environment={**stack.environment, _SEND_SECRETS: target.id})

    def _confirm_rotation(plan: UpdatePreview) -> bool:
        other_changes = f", and {', '.join(plan.changes)}, which the program has changed" if plan.changes else ""
        write_to_stderr(f"plan: update {target.resource} in place: its access token{other_changes}; nothing else")
        return request.yes or run_prompt(lambda: typer.confirm(f"Send it to {PLATFORM}?", err=True))

    token = _get_token(state, request.source)
    service = place.service if target.sandbox == place.sandbox else place.service.for_sandbox(target.sandbox)
    rotation = Rotation(
        stack,
        service,
        target,
        state,
        token,
        _confirm_rotation,
        write_to_stderr,
        request.source == _BACK,
        request.expires_at,
    )
    about = {"resource": target.resource, "id": target.id, "name": target.name, "sandbox": target.sandbox}
    result = rotation.run()
    waits = request.wait_minutes is not None and result["test"]["result"] == PASSED
    first_runs = find_first_runs(service, result["dataflows"], request.wait_minutes or 0) if waits else None
    return {"stack": stack.name, **about, **result, "firstRuns": first_runs}


def _get_token(state: TokenState, source: str) -> str:
    if source == _BACK:
        if state.previous is None:
            raise Problem(
                "Config and state have the same token: there is none to go back to.",
                "To set another: adobe-flow rotate",
            )
        return state.previous
    if source == _RESUME:
        if state.pending is None:
            raise Problem("Experience Platform already has the token of the config: there is nothing to resume.")
        return state.pending
    if source == _STDIN:
        return _validate_token(read_standard_input())
    pending = " (Enter alone: go on with the one in the config, which is not sent yet)" if state.pending else ""
    question = f"New token{pending}"
    default = state.pending or ""
    return _validate_token(
        run_prompt(lambda: typer.prompt(question, default, hide_input=True, show_default=False, err=True))
    )


def _validate_token(text: str) -> str:
    token = text.strip()
    if not token or not token.isprintable() or " " in token or not token.isascii():
        raise Problem(
            "This is not a token: it is empty, or has a space or a character that is not printable ASCII. "
            "Nothing was changed."
        )
    if problem := validate_secret(token):
        raise Problem(f"The token {problem}. Nothing was changed.")
    return token
