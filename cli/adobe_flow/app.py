"""The commands, each in a module of its own."""

from __future__ import annotations

import typer

from adobe_flow.commands import (
    adopt,
    compare,
    doctor,
    expiring,
    explore,
    export,
    promote,
    report,
    rotate,
    schema,
    show,
    test,
)
from adobe_flow.commands import list as list_

app = typer.Typer(
    name="adobe-flow",
    help="Adobe Experience Platform's connections: see, adopt, export, compare.",
    epilog="Exit codes: 0 done; 1 done, and something to attend to was found; 2 not understood; 3 not possible.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.command("doctor")(doctor.command)
app.command("list")(list_.command)
app.command("show")(show.command)
app.command("test")(test.command)
app.command("explore")(explore.command)
app.command("compare")(compare.command)
app.command("expiring")(expiring.command)
app.command("report")(report.command)
app.command("promote")(promote.command)
app.command("rotate")(rotate.command)
app.command("export")(export.command)
app.command("adopt")(adopt.command)
app.command("schema")(schema.command)
