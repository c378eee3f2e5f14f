"""`adobe-flow landing-zone`: renew the SAS token of a landing zone on purpose."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from adobe_flow import landing_zone_renewal
from adobe_flow.confirming import require_answerable, require_consent
from adobe_flow.landing_zones import list_stored_credentials
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import Result, cell, show
from adobe_flow.problem import Problem
from adobe_flow.shown import say
from adobe_flow.stack import Stack as PulumiStack

app = typer.Typer(
    help="The landing zone through which Databricks hands its data over.", no_args_is_help=True, rich_markup_mode=None
)


def render(console: Console, result: Result) -> None:
    """Show the new expiry, what else was updated, and what is left to do."""
    console.print(f"{cell(result['resource'])} in {cell(result['sandbox'])}: renewed")
    console.print(f"the new token ends on {cell(result['expiryDate'])}; the old one is dead")
    console.print(f"in the same update: {cell(', '.join(result['others'])) if result['others'] else 'nothing else'}")
    console.print("next: restart every cluster that reads for this sandbox")


@app.callback()
def group() -> None:
    """Keep `refresh` a command of its own: with one command alone, typer would drop its name."""


@app.command("refresh", short_help="Renew the SAS token of a landing zone, and store it in the state.")
def refresh(
    wanted: Annotated[
        str | None, typer.Argument(metavar="NAME", help="As the program calls it; needed if there are several.")
    ] = None,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the renewal.")] = False,
    json: Json = False,
) -> None:
    """Renew the SAS token of a landing zone: preview, consequences, and the update by Pulumi that stores the token.

    The old token stops working at once. The update includes what takes the token's outputs, such as clusters, which
    then must be restarted. If it is interrupted, run it again: the token is renewed once more.

    Examples:

      adobe-flow landing-zone refresh --stack prod

      adobe-flow landing-zone refresh landing-zone-prod --stack prod --yes --json
    """
    if stack is None:
        raise Problem("On which stack is the token to be renewed?", "Name it: --stack prod")
    require_answerable(yes=yes, as_json=json)
    pulumi_stack = PulumiStack(cwd, stack)
    credentials = landing_zone_renewal.choose(list(list_stored_credentials(pulumi_stack.resources())), wanted, stack)
    renewal = landing_zone_renewal.plan(pulumi_stack, credentials)
    landing_zone_renewal.describe_consequences(renewal, say)
    require_consent("Renew the token?", yes=yes)
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
    show(result, as_json=json, render=render)
