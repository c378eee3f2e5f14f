"""`adobe-flow landing-zone`: renew the SAS token of a landing zone."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from adobe_flow.aep.landing_zone_renewal import choose_credentials, list_consequences, plan_renewal
from adobe_flow.aep.landing_zones import list_stored_credentials
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import Result, format_cell, print_result
from adobe_flow.problem import Problem
from adobe_flow.prompts import require_answerable, require_consent
from adobe_flow.pulumi_cli.stack import Stack as PulumiStack
from adobe_flow.safe_output import write_to_stderr

app = typer.Typer(
    help="The landing zone through which Databricks passes its data on.", no_args_is_help=True, rich_markup_mode=None
)


def render_renewal(console: Console, result: Result) -> None:
    """Print the new expiry, the other updates, and what to do next."""
    console.print(f"{format_cell(result['resource'])} in {format_cell(result['sandbox'])}: renewed")
    console.print(f"the new token expires on {format_cell(result['expiryDate'])}; the old one does not work any more")
    console.print(
        f"in the same update: {format_cell(', '.join(result['others'])) if result['others'] else 'nothing else'}"
    )
    console.print("next: restart every cluster that reads for this sandbox")


@app.callback()
def landing_zone_group() -> None:
    """Keep `refresh` a command of its own: with a single command, typer would drop its name."""


@app.command("refresh", short_help="Renew the SAS token of a landing zone, and store it in the state.")
def refresh(
    name_or_id: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="The credentials: their name in the program. Required if there are several."
        ),
    ] = None,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Renew without a confirmation.")] = False,
    json: Json = False,
) -> None:
    """Renew the SAS token of a landing zone, and store it in the state.

    The old token stops working at once. The update includes the resources that use the token, such as clusters, which
    you must restart afterwards. If it is interrupted, run it again: it renews the token once more.

    Examples:

      adobe-flow landing-zone refresh --stack prod

      adobe-flow landing-zone refresh landing-zone-prod --stack prod --yes --json
    """
    if stack is None:
        raise Problem("A renewal needs a stack, and none is named.", "Name it: --stack prod")
    require_answerable(yes=yes, as_json=json)
    pulumi_stack = PulumiStack(cwd, stack)
    write_to_stderr(f"reading the state of {stack}")
    credentials = choose_credentials(list(list_stored_credentials(pulumi_stack.list_resources())), name_or_id, stack)
    write_to_stderr(f"previewing the renewal of {credentials.resource}")
    renewal = plan_renewal(pulumi_stack, credentials)
    for line in list_consequences(renewal):
        write_to_stderr(line)
    require_consent("Renew the token?", yes=yes)
    write_to_stderr(f"renewing {credentials.resource}")
    renewed = renewal.run()
    result = {
        "stack": stack,
        "resource": renewed.resource,
        "id": renewed.id,
        "sandbox": renewed.sandbox,
        "priorExpiryDate": credentials.expiry,
        "expiryDate": renewed.expiry,
        "others": list(renewal.others),
    }
    print_result(result, as_json=json, render=render_renewal)
