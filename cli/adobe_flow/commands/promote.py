"""`adobe-flow promote`: write the stack config that makes one sandbox or stack like another."""

from __future__ import annotations

import os
import shlex
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console

from adobe_flow.comparing.comparison import compared
from adobe_flow.comparing.fields import checked
from adobe_flow.comparing.promotion import Change, Promotion, promotion
from adobe_flow.comparing.sides import read_sides, stack_name
from adobe_flow.comparing.stack_file import StackFile, read_config, write_connections
from adobe_flow.comparing.words import value
from adobe_flow.confirming import require_answerable, require_consent
from adobe_flow.exit_codes import FOUND
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import Result, cell, show, table
from adobe_flow.rotate.target import CONNECTIONS, TOKENS
from adobe_flow.shown import SafeConsole, safe
from adobe_flow.stack import Stack as PulumiStack
from pulumi_adobe.config.paths import build_config_path

_NO_CONFIG = StackFile({}, frozenset(), None)


def render(console: Console, result: Result) -> None:
    """Print the changes, what the config cannot change, the text for the stack's file, and the commands to run."""
    _render_changes(console, result)
    if result["left"]:
        console.print("not by the stack config", style="bold")
        rows = table("connection", "source", "why")
        for connection in result["left"]:
            rows.add_row(cell(connection["name"]), cell(connection["source"]), cell(connection["reason"]))
        console.print(rows)
    if result["config"] and not result["written"]:
        text = yaml.safe_dump({"connections": result["config"]}, allow_unicode=True, sort_keys=False, width=10_000)
        console.print("for the stack's file, below config:", style="bold")
        console.print(cell(text.rstrip()), soft_wrap=True, highlight=False)
    if result["commands"]:
        console.print("commands for you to run", style="bold")
        for line in result["commands"]:
            console.print(cell(line), soft_wrap=True, highlight=False)
    console.print(_summarize(result))


def _render_changes(console: Console, result: Result) -> None:
    if not result["changes"]:
        return
    rows = table("entry", "connection", "field", "now", "to be")
    for change in result["changes"]:
        for number, field in enumerate(change["fields"]):
            names = (change["entry"], change["name"]) if number == 0 else ("", "")
            rows.add_row(*(cell(text) if text else "" for text in names), field["field"], *_format_values(field))
    console.print(rows)
    for change in result["changes"]:
        if change["existsAs"]:
            connection = f"{cell(change['name'])} exists in {cell(result['b'])} already ({change['existsAs']})"
            console.print(f"{connection}, and the stack's file has no entry: then adobe-flow adopt", soft_wrap=True)


def _format_values(field: dict[str, Any]) -> tuple[str, str]:
    return cell(value(field["before"])), cell(value(field["after"]))


def _summarize(result: Result) -> str:
    count = len(result["changes"])
    if not count:
        return "the stack config needs no change"
    entries = f"{count} entr{'y' if count == 1 else 'ies'} of connections"
    if result["written"]:
        return f"{entries} set in the config of {cell(result['stack'])}; next: pulumi preview"
    where = f"in the config of {cell(result['stack'])}" if result["stack"] else "in the config of a stack"
    return f"{entries} to be set {where}; nothing is written"


def command(  # noqa: PLR0913 - the options of the command
    a: Annotated[str, typer.Argument(metavar="A", help="The model: a sandbox, or stack:NAME.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The one to change: a sandbox, or stack:NAME.")],
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    ignore: Annotated[list[str] | None, typer.Option(help="A field to leave as it is in B.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the stack's file is written.")] = False,
    json: Json = False,
) -> None:
    """Write the stack config that makes B like A: only what is missing or differs. List the secrets that you must set.

    The command writes to the config of the stack that B names, or of --stack if that is the stack of the sandbox B;
    without either it only shows the config. It removes nothing, and changes nothing in Experience Platform: pulumi up
    does that.

    Examples:

      adobe-flow promote stage prod --stack prod --dry-run

      adobe-flow promote stack:stage stack:prod --ignore parameters.clusterId
    """
    ignored = checked(ignore or ())
    name = stack_name(b) or stack
    target = PulumiStack(cwd, name, dict(os.environ)) if name else None
    config = read_config(target) if target else _NO_CONFIG
    if target and stack_name(b) is None and config.sandbox != b:
        target, config = None, _NO_CONFIG
    plan = promotion(compared(*read_sides(a, b, stack, cwd), ignored), config.connections, config.tokens)
    result = _build_result(a, b, target, plan)
    if target and result["changes"] and not dry_run:
        _confirm(target.name, result, yes=yes, as_json=json)
        write_connections(target, config, plan.merged(config.connections))
        result["written"] = True
    show(result, as_json=json, render=render)
    if result["left"] or result["commands"] or (result["changes"] and not result["written"]):
        raise typer.Exit(FOUND)


def _confirm(stack: str, result: Result, *, yes: bool, as_json: bool) -> None:
    require_answerable(yes=yes, as_json=as_json)
    if not yes:
        _render_changes(SafeConsole(stderr=True), safe(result))
    require_consent(f"Set this in the config of {stack}?", yes=yes)


def _build_result(a: str, b: str, target: PulumiStack | None, plan: Promotion) -> dict[str, Any]:
    return {
        "a": a,
        "b": b,
        "stack": target.name if target else None,
        "changes": [_to_json(change) for change in plan.changes if change.fields],
        "left": [{"name": item.name, "source": item.source, "reason": item.reason} for item in plan.left],
        "config": plan.fragment(),
        "commands": [command for change in plan.changes for command in _list_commands(change, target)],
        "written": False,
    }


def _to_json(change: Change) -> dict[str, Any]:
    fields = [{"field": name, "before": old, "after": new} for name, (old, new) in change.fields.items()]
    return {
        "entry": change.resource,
        "name": change.name,
        "new": change.new,
        "fields": fields,
        "existsAs": change.unmanaged,
    }


def _list_commands(change: Change, target: PulumiStack | None) -> list[str]:
    option = f" --stack {shlex.quote(target.name)}" if target else ""
    token = shlex.quote(build_config_path(TOKENS, change.resource))
    fields = [shlex.quote(build_config_path(CONNECTIONS, change.resource, name)) for name in change.missing]
    tokens = [f"pulumi config set --secret --path {token}{option}"] if change.token else []
    return tokens + [f"pulumi config set --type string --path {field}{option} …" for field in fields]
