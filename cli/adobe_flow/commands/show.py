"""`adobe-flow show`: one base connection whole, and the dataflows on it."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.encoding import as_utf8
from adobe_flow.entities import Entity, connections, dataflows, source_of, the_one
from adobe_flow.managed import managed
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, cell, moment, short, show, table
from adobe_flow.parameters import parameters
from adobe_flow.place import Place, open_place
from pulumi_adobe.flow_service.run_details import parse_status, to_milliseconds
from pulumi_adobe.json_values import get_member, get_object


def shown(place: Place, wanted: str) -> Result:
    """The connection of that name or id. Raises Problem where there is none, or more than one."""
    entity = the_one(connections(place.service), wanted)
    id_ = str(entity.get("id"))
    return {
        "id": id_,
        "name": entity.get("name"),
        "description": entity.get("description"),
        "source": source_of(entity),
        "connectionSpec": entity.get("connectionSpec"),
        "authSpec": get_member(entity, "auth", "specName"),
        "parameters": parameters(entity),
        "sandbox": place.sandbox,
        "state": entity.get("state"),
        "etag": entity.get("etag"),
        "created": {"at": moment(entity.get("createdAt")), "by": entity.get("createdBy")},
        "changed": {"at": moment(entity.get("updatedAt")), "by": entity.get("updatedBy")},
        "dataflows": [_flow(each) for each in dataflows(place.service).on(id_)],
        "managedAs": managed(place.stack.resources()).get(id_) if place.stack else None,
    }


def _flow(flow: Entity) -> dict[str, Any]:
    last = get_object(flow, "lastRunDetails")
    return {
        "id": flow.get("id"),
        "name": flow.get("name"),
        "state": flow.get("state"),
        "lastRun": {
            "state": parse_status(last.get("state")),
            "at": moment(to_milliseconds(last.get("startedAtUTC"))),
        }
        if last
        else None,
    }


def render(console: Console, result: Result) -> None:
    """Its fields one below the other, then its dataflows."""
    fields = table("", "")
    fields.show_header = False
    for label in ("name", "description", "id", "source", "authSpec", "sandbox", "state", "etag", "managedAs"):
        fields.add_row(label, cell(result[label]))
    for name, value in result["parameters"].items():
        fields.add_row(f"  {cell(name)}", "(a secret)" if value is None else cell(value))
    for what in ("created", "changed"):
        fields.add_row(what, f"{short(result[what]['at'])} by {cell(result[what]['by'])}")
    console.print(fields)
    if not result["dataflows"]:
        console.print("no dataflow reads from it")
        return
    flows = table("dataflow", "state", "last run", "id")
    for each in result["dataflows"]:
        last = each["lastRun"] or {}
        flows.add_row(
            cell(each["name"]),
            cell(each["state"]),
            f"{cell(last.get('state'))} {short(last.get('at'))}",
            cell(each["id"]),
        )
    console.print(flows)


def command(
    wanted: Annotated[str, typer.Argument(metavar="NAME|ID", parser=as_utf8, help="The connection.")],
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Show one base connection whole: its parameters without secrets, its etag, the dataflows on it.

    Example:

      adobe-flow show "Databricks connection to Experience Platform" --stack dev
    """
    show(shown(open_place(stack, cwd, sandbox), wanted), as_json=json, render=render)
