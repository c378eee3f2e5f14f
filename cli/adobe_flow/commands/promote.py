"""`adobe-flow promote`: the stack config that makes a sandbox like another one, or like what a stack declares."""

from __future__ import annotations

import os
import shlex
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console

from adobe_flow.compare.comparison import compare
from adobe_flow.compare.fields import validate_ignored
from adobe_flow.compare.sides import get_stack_name, read_sides
from adobe_flow.compare.words import format_value
from adobe_flow.exit_codes import FOUND
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import Result, format_cell, print_result
from adobe_flow.progress import run_step
from adobe_flow.promote.promotion import ConfigChange, Promotion, plan_promotion
from adobe_flow.promote.stack_file import StackConnections, read_stack_connections, write_connections
from adobe_flow.prompts import require_answerable, require_consent
from adobe_flow.pulumi_cli.stack import Stack as PulumiStack
from adobe_flow.rotate.target import CONNECTIONS, TOKENS
from adobe_flow.safe_output import SafeConsole, redact_result
from adobe_flow.tables import create_table, print_table
from pulumi_adobe.config.paths import build_config_path

_NOTHING = StackConnections({}, frozenset(), None)


def render_promotion(console: Console, result: Result) -> None:
    """Print the config changes, the connections that cannot be promoted, and the commands that the user has to run."""
    _render_changes(console, result)
    if result["left"]:
        console.print("not possible in the stack config", style="bold")
        rows = create_table("connection", "source", "why")
        for connection in result["left"]:
            rows.add_row(
                format_cell(connection["name"]), format_cell(connection["source"]), format_cell(connection["reason"])
            )
        print_table(console, rows)
    if result["config"] and not result["written"]:
        text = yaml.safe_dump({"connections": result["config"]}, allow_unicode=True, sort_keys=False, width=10_000)
        console.print("for the stack's file, below config:", style="bold")
        console.print(format_cell(text.rstrip()), soft_wrap=True, highlight=False)
    if result["commands"]:
        console.print("commands for you to run", style="bold")
        for command_line in result["commands"]:
            console.print(format_cell(command_line), soft_wrap=True, highlight=False)
    console.print(_format_summary(result))


def _render_changes(console: Console, result: Result) -> None:
    if not result["changes"]:
        return
    rows = create_table("entry", "connection", "field", "now", "to be")
    for change in result["changes"]:
        for number, field in enumerate(change["fields"]):
            shown = (change["entry"], change["name"]) if number == 0 else ("", "")
            rows.add_row(
                *(format_cell(text) if text else "" for text in shown), field["field"], *_format_before_and_after(field)
            )
    print_table(console, rows)
    for change in result["changes"]:
        if change["existsAs"]:
            message = f"{format_cell(change['name'])} is in {format_cell(result['b'])} already ({change['existsAs']})"
            console.print(f"{message}; once the stack's file has the entry: adobe-flow adopt", soft_wrap=True)


def _format_before_and_after(field: dict[str, Any]) -> tuple[str, str]:
    return format_cell(format_value(field["before"])), format_cell(format_value(field["after"]))


def _format_summary(result: Result) -> str:
    count = len(result["changes"])
    if not count:
        return "the stack config needs no change"
    entries = f"{count} entr{'y' if count == 1 else 'ies'} of connections"
    if result["written"]:
        return f"{entries} set in the config of {format_cell(result['stack'])}; next: pulumi preview"
    where = f"in the config of {format_cell(result['stack'])}" if result["stack"] else "in the config of a stack"
    return f"{entries} to be set {where}; nothing is written"


def command(  # noqa: PLR0913 - the options of the command
    a: Annotated[str, typer.Argument(metavar="A", help="The side to copy from: a sandbox, or stack:NAME.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The side to change: a sandbox, or stack:NAME.")],
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    ignore: Annotated[list[str] | None, typer.Option(help="Keep the value of this field in B.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write the stack's file without a confirmation.")] = False,
    json: Json = False,
) -> None:
    """Write the stack config that makes B like A: the connections that are missing or differ. List the secrets to set.

    The command writes into the config of the stack that B names, or of --stack if that is the stack of the sandbox B;
    without either it only prints the config. `pulumi up` then changes Experience Platform. Nothing is removed.

    Examples:

      adobe-flow promote stage prod --stack prod --dry-run

      adobe-flow promote stack:stage stack:prod --ignore parameters.clusterId
    """
    ignored = validate_ignored(ignore or ())
    name = get_stack_name(b) or stack
    into = PulumiStack(cwd, name, dict(os.environ)) if name else None
    config = read_stack_connections(into) if into else _NOTHING
    if into and get_stack_name(b) is None and config.sandbox != b:
        into, config = None, _NOTHING
    sides = run_step(f"comparing {a} with {b}", lambda: read_sides(a, b, stack, cwd, base_connections_only=True))
    promotion = plan_promotion(compare(*sides, ignored), config.connections, config.tokens)
    result = _promotion_to_json(a, b, into, promotion)
    if into and result["changes"] and not dry_run:
        _require_consent(into.name, result, yes=yes, as_json=json)
        write_connections(into, config, promotion.apply(config.connections))
        result["written"] = True
    print_result(result, as_json=json, render=render_promotion)
    if result["left"] or result["commands"] or (result["changes"] and not result["written"]):
        raise typer.Exit(FOUND)


def _require_consent(stack: str, result: Result, *, yes: bool, as_json: bool) -> None:
    require_answerable(yes=yes, as_json=as_json)
    if not yes:
        _render_changes(SafeConsole(stderr=True), redact_result(result))
    require_consent(f"Set this in the config of {stack}?", yes=yes)


def _promotion_to_json(a: str, b: str, into: PulumiStack | None, promotion: Promotion) -> dict[str, Any]:
    return {
        "a": a,
        "b": b,
        "stack": into.name if into else None,
        "changes": [_change_to_json(change) for change in promotion.changes if change.fields],
        "left": [
            {"name": connection.name, "source": connection.source, "reason": connection.reason}
            for connection in promotion.unpromoted
        ],
        "config": promotion.build_fragment(),
        "commands": [text for change in promotion.changes for text in _build_commands(change, into)],
        "written": False,
    }


def _change_to_json(change: ConfigChange) -> dict[str, Any]:
    fields = [{"field": name, "before": old, "after": new} for name, (old, new) in change.fields.items()]
    return {
        "entry": change.resource,
        "name": change.name,
        "new": change.new,
        "fields": fields,
        "existsAs": change.unmanaged,
    }


def _build_commands(change: ConfigChange, into: PulumiStack | None) -> list[str]:
    on = f" --stack {shlex.quote(into.name)}" if into else ""
    token = shlex.quote(build_config_path(TOKENS, change.resource))
    fields = [shlex.quote(build_config_path(CONNECTIONS, change.resource, name)) for name in change.missing]
    tokens = [f"pulumi config set --secret --path {token}{on}"] if change.token else []
    return tokens + [f"pulumi config set --type string --path {field}{on} …" for field in fields]
