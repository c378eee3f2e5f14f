"""`adobe-flow promote`: the stack config that brings one sandbox, or what a stack declares, to another."""

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

_NOTHING = StackFile({}, frozenset(), None)


def render(console: Console, result: Result) -> None:
    """What would change, what does not, the text for the stack's file, and what a person has to give."""
    _changes(console, result)
    if result["left"]:
        console.print("not by the stack config", style="bold")
        rows = table("connection", "source", "why")
        for each in result["left"]:
            rows.add_row(cell(each["name"]), cell(each["source"]), cell(each["reason"]))
        console.print(rows)
    if result["config"] and not result["written"]:
        text = yaml.safe_dump({"connections": result["config"]}, allow_unicode=True, sort_keys=False, width=10_000)
        console.print("for the stack's file, below config:", style="bold")
        console.print(cell(text.rstrip()), soft_wrap=True, highlight=False)
    if result["commands"]:
        console.print("to be given by you", style="bold")
        for each in result["commands"]:
            console.print(cell(each), soft_wrap=True, highlight=False)
    console.print(_summary(result))


def _changes(console: Console, result: Result) -> None:
    if not result["changes"]:
        return
    rows = table("entry", "connection", "field", "now", "to be")
    for change in result["changes"]:
        for number, each in enumerate(change["fields"]):
            shown = (change["entry"], change["name"]) if number == 0 else ("", "")
            rows.add_row(*(cell(text) if text else "" for text in shown), each["field"], *_ends(each))
    console.print(rows)
    for change in result["changes"]:
        if change["existsAs"]:
            there = f"{cell(change['name'])} is in {cell(result['b'])} already ({change['existsAs']})"
            console.print(f"{there}, and the stack's file has no entry: then adobe-flow adopt", soft_wrap=True)


def _ends(field: dict[str, Any]) -> tuple[str, str]:
    return cell(value(field["before"])), cell(value(field["after"]))


def _summary(result: Result) -> str:
    count = len(result["changes"])
    if not count:
        return "the stack config needs no change"
    entries = f"{count} entr{'y' if count == 1 else 'ies'} of connections"
    if result["written"]:
        return f"{entries} set in the config of {cell(result['stack'])}; next: pulumi preview"
    where = f"in the config of {cell(result['stack'])}" if result["stack"] else "in the config of a stack"
    return f"{entries} to be set {where}; nothing is written"


def command(  # noqa: PLR0913 - the options of the command
    a: Annotated[str, typer.Argument(metavar="A", help="What it is to be like: a sandbox, or stack:NAME.")],
    b: Annotated[str, typer.Argument(metavar="B", help="What is to become so: a sandbox, or stack:NAME.")],
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    ignore: Annotated[list[str] | None, typer.Option(help="A field that stays as it is in B.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the stack's file is written.")] = False,
    json: Json = False,
) -> None:
    """Write the stack config that brings B to A: only what is missing or differs; the secrets to be given are listed.

    It goes into the config of the stack that B names, or of --stack where that is the stack of the sandbox B; without
    either it is only shown. Nothing is changed in Experience Platform: that is for `pulumi up`. Nothing is taken away.

    Examples:

      adobe-flow promote stage prod --stack prod --dry-run

      adobe-flow promote stack:stage stack:prod --ignore parameters.clusterId
    """
    ignored = checked(ignore or ())
    name = stack_name(b) or stack
    into = PulumiStack(cwd, name, dict(os.environ)) if name else None
    config = read_config(into) if into else _NOTHING
    if into and stack_name(b) is None and config.sandbox != b:
        into, config = None, _NOTHING
    found = promotion(compared(*read_sides(a, b, stack, cwd), ignored), config.connections, config.tokens)
    result = _result(a, b, into, found)
    if into and result["changes"] and not dry_run:
        _agree(into.name, result, yes=yes, as_json=json)
        write_connections(into, config, found.merged(config.connections))
        result["written"] = True
    show(result, as_json=json, render=render)
    if result["left"] or result["commands"] or (result["changes"] and not result["written"]):
        raise typer.Exit(FOUND)


def _agree(stack: str, result: Result, *, yes: bool, as_json: bool) -> None:
    require_answerable(yes=yes, as_json=as_json)
    if not yes:
        _changes(SafeConsole(stderr=True), safe(result))
    require_consent(f"Set this in the config of {stack}?", yes=yes)


def _result(a: str, b: str, into: PulumiStack | None, found: Promotion) -> dict[str, Any]:
    return {
        "a": a,
        "b": b,
        "stack": into.name if into else None,
        "changes": [_change(each) for each in found.changes if each.fields],
        "left": [{"name": each.name, "source": each.source, "reason": each.reason} for each in found.left],
        "config": found.fragment(),
        "commands": [text for each in found.changes for text in _commands(each, into)],
        "written": False,
    }


def _change(change: Change) -> dict[str, Any]:
    fields = [{"field": name, "before": old, "after": new} for name, (old, new) in change.fields.items()]
    return {
        "entry": change.resource,
        "name": change.name,
        "new": change.new,
        "fields": fields,
        "existsAs": change.unmanaged,
    }


def _commands(change: Change, into: PulumiStack | None) -> list[str]:
    on = f" --stack {shlex.quote(into.name)}" if into else ""
    token = shlex.quote(build_config_path(TOKENS, change.resource))
    fields = [shlex.quote(build_config_path(CONNECTIONS, change.resource, name)) for name in change.missing]
    tokens = [f"pulumi config set --secret --path {token}{on}"] if change.token else []
    return tokens + [f"pulumi config set --type string --path {field}{on} …" for field in fields]
