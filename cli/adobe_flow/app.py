"""The commands, each in a module of its own."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from adobe_flow.commands import (
    adopt,
    compare,
    doctor,
    expiring,
    explore,
    export,
    landing_zone,
    probe,
    promote,
    report,
    retry,
    rotate,
    run,
    runs,
    schema,
    show,
    sources,
    test,
    watch,
)
from adobe_flow.commands import list as list_
from adobe_flow.safe_output import REDACTOR, write_to_stdout
from pulumi_adobe.flow_service.debug_log import DEBUG_LEVEL, configure_logging
from pulumi_adobe.version import VERSION

_DEBUG: Final = "--debug"

app = typer.Typer(
    name="adobe-flow",
    help="List, check, export, adopt and compare connections of Adobe Experience Platform.",
    epilog="Exit codes: 0 success; 1 success, but something needs attention; 2 invalid command; 3 failed; "
    "4 a defect of adobe-flow; 130 ended by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(is_wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if is_wanted:
        write_to_stdout(f"adobe-flow {VERSION} (Python {platform.python_version()})\n")
        raise typer.Exit


@app.callback()
def _configure_logging(
    *,
    debug: Annotated[
        bool, typer.Option(_DEBUG, help="Show each request to Adobe on standard error, without secrets.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    if debug:
        configure_logging(DEBUG_LEVEL, REDACTOR)


def move_debug_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with `--debug` before the command, since people add it at the end of a line."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if _DEBUG not in options:
        return list(arguments)
    return [_DEBUG, *(argument for argument in options if argument != _DEBUG), *arguments[len(options) :]]


app.command("doctor", short_help="Check settings, network and access; say how to fix problems.")(doctor.command)
app.command("list", short_help="List base connections, and which of them the stack manages.")(list_.command)
app.command("show", short_help="Show one base connection in full, and its dataflows.")(show.command)
app.command("test", short_help="Ask Flow Service to test the credentials of connections.")(test.command)
app.command("explore", short_help="Show the tables of a source, or one table's columns and rows.")(explore.command)
app.command("sources", short_help="List the sources of the catalogue; compare them with the organization.")(
    sources.command
)
app.command("runs", short_help="Show the runs of dataflows: status, rows, errors and remedies.")(runs.command)
app.command("watch", short_help="Wait until the run of a dataflow ends.")(watch.command)
app.command("run", short_help="Start a run of a one-time dataflow.")(run.command)
app.command("retry", short_help="Start a failed run again, over the same window.")(retry.command)
app.command("compare", short_help="Compare two sandboxes, or a sandbox and a stack.")(compare.command)
app.command("expiring", short_help="Show which tokens and landing zones end soon.")(expiring.command)
app.command("probe", short_help="Measure how an organization's Flow Service behaves; write a report.")(probe.command)
app.command("report", short_help="Report what a preview would change; gates can stop the plan.")(report.command)
app.command("promote", short_help="Write the stack config that makes one sandbox match another.")(promote.command)
app.command("rotate", short_help="Replace the Databricks token of a connection, step by step.")(rotate.command)
app.command("export", short_help="Write existing connections and dataflows as a program.")(export.command)
app.command("adopt", short_help="Import existing connections and dataflows, unchanged.")(adopt.command)
app.add_typer(landing_zone.app, name="landing-zone", short_help="Renew the SAS token of a landing zone.")
app.command("schema", short_help="Print the JSON schema of what a command prints with --json.")(schema.command)
