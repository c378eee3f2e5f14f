"""`adobe-flow list`: the base connections of a sandbox, or of all, and who manages them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.entities import Dataflows, Entity, connections, dataflows, source_of
from adobe_flow.managed import managed
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, cell, moment, short, show, table
from adobe_flow.place import Place, open_place
from pulumi_adobe.flow_service.client import FlowService
from pulumi_adobe.flow_service.errors import AccessDenied
from pulumi_adobe.flow_service.neighbours import available_sandboxes

_WIDE = 130
"""Columns of a terminal in which everything fits."""


def listed(place: Place, *, every: bool, source: str | None, state: str | None, name: str | None) -> Result:
    """What is there, filtered; ``every`` looks into all sandboxes that the credentials may see."""
    known = managed(place.stack.resources()) if place.stack else {}
    services, refused = [place.service], []
    if every:
        services = [place.service.in_sandbox(each) for each in available_sandboxes(place.service)]
    found: list[dict[str, Any]] = []
    for service in services:
        try:
            found += _in_one(service, known)
        except AccessDenied as error:
            if not every:
                raise
            refused.append({"sandbox": service.access.sandbox, "reason": error.what})
    wanted = [each for each in found if _fits(each, source, state, name)]
    return {"connections": wanted, "refused": refused, "stack": place.stack.name if place.stack else None}


def _in_one(service: FlowService, known: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    flows = dataflows(service)
    for entity in connections(service):
        yield _row(entity, service.access.sandbox, flows, known)


def _row(entity: Entity, sandbox: str, flows: Dataflows, known: Mapping[str, str]) -> dict[str, Any]:
    id_ = str(entity.get("id"))
    return {
        "id": id_,
        "name": entity.get("name"),
        "source": source_of(entity),
        "sandbox": sandbox,
        "state": entity.get("state"),
        "dataflows": len(flows.on(id_)),
        "created": {"at": moment(entity.get("createdAt")), "by": entity.get("createdBy")},
        "changed": {"at": moment(entity.get("updatedAt")), "by": entity.get("updatedBy")},
        "managedAs": known.get(id_),
    }


def _fits(row: Mapping[str, Any], source: str | None, state: str | None, name: str | None) -> bool:
    return (
        (source is None or row["source"] == source)
        and (state is None or row["state"] == state)
        and (name is None or name.lower() in str(row["name"]).lower())
    )


def render(console: Console, result: Result) -> None:
    """A table, one line per connection; a narrow terminal goes without who changed it."""
    rows = result["connections"]
    columns: dict[str, Callable[[Mapping[str, Any]], Any]] = {
        "name": lambda row: row["name"],
        "source": lambda row: row["source"],
        "state": lambda row: row["state"],
        "flows": lambda row: row["dataflows"],
        "changed": lambda row: short(row["changed"]["at"])[:10],
    }
    if len({row["sandbox"] for row in rows}) > 1:
        columns = {"sandbox": lambda row: row["sandbox"], **columns}
    if console.width >= _WIDE:
        columns["by"] = lambda row: row["changed"]["by"]
    if result["stack"]:
        columns[f"in {result['stack']}"] = lambda row: row["managedAs"]
    columns["id"] = lambda row: row["id"]
    shown = table(*columns)
    for column in shown.columns:
        column.no_wrap = column.header != "name"
    for row in rows:
        shown.add_row(*(cell(of(row)) for of in columns.values()))
    console.print(shown)
    console.print(f"{len(rows)} connection{'' if len(rows) == 1 else 's'}")
    for each in result["refused"]:
        console.print(f"not shown: {cell(each['sandbox'])}: {cell(each['reason'])}")


def command(  # noqa: PLR0913 - the options of the command
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    every: Annotated[bool, typer.Option("--all-sandboxes", "-a", help="Look into every sandbox that you may.")] = False,
    source: Annotated[str | None, typer.Option(help="Only of this source, such as databricks.")] = None,
    state: Annotated[str | None, typer.Option(help="Only in this state, such as enabled.")] = None,
    name: Annotated[str | None, typer.Option(help="Only with this in the name.")] = None,
    json: Json = False,
) -> None:
    """List base connections: source, state, dataflows, last change, and whether a stack manages them.

    Examples:

      adobe-flow list --stack dev

      adobe-flow list --all-sandboxes --source databricks --json
    """
    place = open_place(stack, cwd, sandbox)
    show(listed(place, every=every, source=source, state=state, name=name), as_json=json, render=render)
