"""`adobe-flow show`: all fields of one base connection, and the dataflows that read from it."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from adobe_flow.aep.entities import (
    Entity,
    find_entity,
    get_source_name,
    list_connections,
    list_dataflows,
    read_parameters,
)
from adobe_flow.aep.place import Place, open_place
from adobe_flow.options import HERE, ConnectionName, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, format_cell, format_minute, format_moment, print_result
from adobe_flow.progress import run_step
from adobe_flow.pulumi_cli.resources import map_managed_resources
from adobe_flow.tables import create_table, print_table
from pulumi_adobe.flow_service.run_details import parse_status, to_milliseconds
from pulumi_adobe.json_values import get_member, get_object


def describe_connection(place: Place, name_or_id: str) -> Result:
    """Return the connection with that name or id. Raises Problem if there is none, or more than one."""
    entity = find_entity(list_connections(place.service), name_or_id)
    id_ = str(entity.get("id"))
    return {
        "id": id_,
        "name": entity.get("name"),
        "description": entity.get("description"),
        "source": get_source_name(entity),
        "connectionSpec": entity.get("connectionSpec"),
        "authSpec": get_member(entity, "auth", "specName"),
        "parameters": read_parameters(entity),
        "sandbox": place.sandbox,
        "state": entity.get("state"),
        "etag": entity.get("etag"),
        "created": {"at": format_moment(entity.get("createdAt")), "by": entity.get("createdBy")},
        "changed": {"at": format_moment(entity.get("updatedAt")), "by": entity.get("updatedBy")},
        "dataflows": [_build_dataflow_row(flow) for flow in list_dataflows(place.service).list_reading_from(id_)],
        "managedAs": map_managed_resources(place.stack.list_resources()).get(id_) if place.stack else None,
    }


def _build_dataflow_row(flow: Entity) -> dict[str, Any]:
    last = get_object(flow, "lastRunDetails")
    return {
        "id": flow.get("id"),
        "name": flow.get("name"),
        "state": flow.get("state"),
        "lastRun": {
            "state": parse_status(last.get("state")),
            "at": format_moment(to_milliseconds(last.get("startedAtUTC"))),
        }
        if last
        else None,
    }


def render_connection(console: Console, result: Result) -> None:
    """Print the fields of the connection one below the other, then its dataflows."""
    fields = create_table("", "")
    fields.show_header = False
    for label in ("name", "description", "id", "source", "authSpec", "sandbox", "state", "etag", "managedAs"):
        fields.add_row(label, format_cell(result[label]))
    for name, value in result["parameters"].items():
        fields.add_row(f"  {format_cell(name)}", "(a secret)" if value is None else format_cell(value))
    for what in ("created", "changed"):
        fields.add_row(what, f"{format_minute(result[what]['at'])} by {format_cell(result[what]['by'])}")
    print_table(console, fields)
    if not result["dataflows"]:
        console.print("no dataflow reads from it")
        return
    flows = create_table("dataflow", "state", "last run", "id")
    for flow in result["dataflows"]:
        last = flow["lastRun"] or {}
        flows.add_row(
            format_cell(flow["name"]),
            format_cell(flow["state"]),
            f"{format_cell(last.get('state'))} {format_minute(last.get('at'))}",
            format_cell(flow["id"]),
        )
    print_table(console, flows)


def command(
    name_or_id: ConnectionName,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Show one base connection in full: its parameters without secrets, its etag, and its dataflows.

    Example:

      adobe-flow show "Databricks connection to Experience Platform" --stack dev
    """
    place = open_place(stack, cwd, sandbox)
    result = run_step(f"reading {name_or_id} and its dataflows", lambda: describe_connection(place, name_or_id))
    print_result(result, as_json=json, render=render_connection)
