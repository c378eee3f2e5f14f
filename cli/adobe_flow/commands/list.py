"""`adobe-flow list`: the base connections of one or all sandboxes, and the resources that manage them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from adobe_flow.aep.entities import (
    Entity,
    SandboxDataflows,
    get_source_name,
    list_connections,
    list_dataflows,
    name_contains,
)
from adobe_flow.aep.place import Place, open_place
from adobe_flow.options import HERE, Folder, Json, NamePart, Sandbox, Stack
from adobe_flow.output import Result, format_cell, format_day, format_moment, print_result
from adobe_flow.progress import show_progress, show_steps
from adobe_flow.pulumi_cli.resources import map_managed_resources
from adobe_flow.tables import create_table, print_table
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import AccessDenied
from pulumi_adobe.flow_service.platform_apis import list_sandboxes
from pulumi_adobe.sources import connection_specs
from pulumi_adobe.suggestions import suggest_name

_LEAST_NEEDED_FIRST: Final = ("by", "changed", "flows", "state", "source")
"""The columns that a narrow terminal omits, in this order."""


def find_connections(place: Place, *, every: bool, source: str | None, state: str | None, name: str | None) -> Result:
    """Return the connections that match the filters; with ``every``, from all sandboxes of the credentials."""
    managed_names = map_managed_resources(place.stack.list_resources()) if place.stack else {}
    services, refused = [place.service], []
    if every:
        services = [place.service.for_sandbox(sandbox) for sandbox in list_sandboxes(place.service)]
    rows: list[dict[str, Any]] = []
    with show_progress("Reading sandbox", len(services)) if every else show_steps() as report_step:
        for service in services:
            report_step(service.credentials.sandbox if every else f"reading the sandbox {service.credentials.sandbox}")
            try:
                rows += _list_rows(service, managed_names)
            except AccessDenied as error:
                if not every:
                    raise
                refused.append({"sandbox": service.credentials.sandbox, "reason": error.message})
    _require_known_source(source, rows)
    matches = [row for row in rows if _matches_filters(row, source, state, name)]
    return {"connections": matches, "refused": refused, "stack": place.stack.name if place.stack else None}


def _require_known_source(source: str | None, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raise `typer.BadParameter` for a source that is neither in the catalogue nor that of a connection."""
    sources = connection_specs()
    if source is not None and source not in sources and all(row["source"] != source for row in rows):
        raise typer.BadParameter(f"there is no source {source}{suggest_name(source, sources)}", param_hint="--source")


def _list_rows(service: FlowServiceClient, managed_names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    flows = list_dataflows(service)
    for entity in list_connections(service):
        yield _build_row(entity, service.credentials.sandbox, flows, managed_names)


def _build_row(
    entity: Entity, sandbox: str, flows: SandboxDataflows, managed_names: Mapping[str, str]
) -> dict[str, Any]:
    id_ = str(entity.get("id"))
    return {
        "id": id_,
        "name": entity.get("name"),
        "source": get_source_name(entity),
        "sandbox": sandbox,
        "state": entity.get("state"),
        "dataflows": len(flows.list_reading_from(id_)),
        "created": {"at": format_moment(entity.get("createdAt")), "by": entity.get("createdBy")},
        "changed": {"at": format_moment(entity.get("updatedAt")), "by": entity.get("updatedBy")},
        "managedAs": managed_names.get(id_),
    }


def _matches_filters(row: Mapping[str, Any], source: str | None, state: str | None, name: str | None) -> bool:
    return (
        (source is None or row["source"] == source)
        and (state is None or row["state"] == state)
        and (name is None or name_contains(row, name))
    )


def render_connections(console: Console, result: Result, *, every: bool) -> None:
    """Print a line per connection. On a narrow terminal, omit the least needed columns, and print their names."""
    rows = result["connections"]
    columns = _choose_columns(result, every=every)
    shown = create_table(*columns)
    for column in shown.columns:
        column.no_wrap = column.header != "name" and not str(column.header).startswith("in ")
    for row in rows:
        shown.add_row(*(format_cell(of(row)) for of in columns.values()))
    print_table(console, shown, _LEAST_NEEDED_FIRST)
    console.print(f"{len(rows)} connection{'' if len(rows) == 1 else 's'}")
    for refusal in result["refused"]:
        console.print(f"not shown: {format_cell(refusal['sandbox'])}: {format_cell(refusal['reason'])}")


def _choose_columns(result: Result, *, every: bool) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
    columns: dict[str, Callable[[Mapping[str, Any]], Any]] = {
        "name": lambda row: row["name"],
        "source": lambda row: row["source"],
        "state": lambda row: row["state"],
        "flows": lambda row: row["dataflows"],
        "changed": lambda row: format_day(row["changed"]["at"]),
        "by": lambda row: row["changed"]["by"],
    }
    if every:
        columns = {"sandbox": lambda row: row["sandbox"], **columns}
    if result["stack"]:
        columns[f"in {result['stack']}"] = lambda row: row["managedAs"]
    columns["id"] = lambda row: row["id"]
    return columns


def command(  # noqa: PLR0913 - the options of the command
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    every: Annotated[
        bool, typer.Option("--all-sandboxes", "-a", help="List every sandbox that the credentials may use.")
    ] = False,
    source: Annotated[
        str | None, typer.Option(help="List only connections of this source, such as databricks.")
    ] = None,
    state: Annotated[str | None, typer.Option(help="List only connections in this state, such as enabled.")] = None,
    name: NamePart = None,
    json: Json = False,
) -> None:
    """List base connections: source, state, dataflows, last change, and whether a stack manages them.

    Examples:

      adobe-flow list --stack dev

      adobe-flow list --all-sandboxes --source databricks --json
    """
    result = find_connections(open_place(stack, cwd, sandbox), every=every, source=source, state=state, name=name)
    print_result(result, as_json=json, render=partial(render_connections, every=every))
