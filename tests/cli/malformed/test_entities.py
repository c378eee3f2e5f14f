"""Whatever type a member of an entity has, every command shows the entity, or says what cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.aep.place import open_place
from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.rotate.outcome import verify_rotated_connection
from pulumi_adobe.sources.families import flow_spec
from tests.cli.malformed.conftest import MANY, MalformedWorld
from tests.cli.malformed.values import MALFORMED_VALUES, replaced, variants
from tests.emulator.adobe_client import DATABRICKS
from tests.emulator.dataflows.way import CRM, LAKE_SPEC
from tests.hand_made.families import FAMILIES, build_source

ID = "11111111-1111-4111-8111-111111111111"
CONNECTION: dict[str, Any] = {
    "id": ID,
    "name": "Lake",
    "description": "the lake",
    "state": "enabled",
    "etag": '"1"',
    "createdAt": 1764000000000,
    "updatedAt": 1764000000000,
    "createdBy": "jane",
    "updatedBy": "jane",
    "connectionSpec": {"id": DATABRICKS, "version": "1.0"},
    "auth": {
        "specName": "Access Token Authentication",
        "params": {"domain": "https://adb-1.7.azuredatabricks.net", "clusterId": "c", "database": "d", "more": "m"},
    },
}
SOURCE = {"id": "s-1", "baseConnectionId": ID}
FLOW = {
    "id": "f-1",
    "name": "orders daily",
    "state": "enabled",
    "sourceConnectionIds": ["s-1"],
    "targetConnectionIds": ["t-1"],
    "lastRunDetails": {"state": "success", "startedAtUTC": 1764000000000},
}


def many(entity: dict[str, Any], title: str) -> list[dict[str, Any]]:
    """Return copies of an entity, each with one malformed member, and with names of their own."""
    found = []
    for number, (case, malformed) in enumerate(variants(entity)):
        member = case.split()[0]
        own = {"id": f"{title}-{number}", "name": f"{title} {case}"}
        found.append({**malformed, **{name: value for name, value in own.items() if name != member}})
    return found


@pytest.mark.slow
@pytest.mark.parametrize("flags", [("--json",), ()], ids=["json", "table"])
def test_every_command_accepts_every_malformed_entity(world: MalformedWorld, flags: tuple[str, ...]) -> None:
    world.show("connections", [CONNECTION, *many(CONNECTION, "lake")])
    world.show("sourceConnections", [SOURCE, *many(SOURCE, "source")])
    world.show("flows", [FLOW, *many(FLOW, "flow")])

    listed = world("list", *flags)
    shown = world("show", "Lake", *flags)
    exported = world("export", *flags)
    compared = world("compare", "dev", "stage", *flags)
    world("export", "--as", "config", *flags)
    world("promote", "dev", "stage", *flags)
    world("test", "--all", *flags)

    assert UNREADABLE in listed.stdout
    assert "cannot be read completely" in listed.stderr
    assert "orders daily" in shown.stdout
    assert "cannot be read" in exported.stdout + exported.stderr
    assert UNREADABLE in compared.stdout


@pytest.mark.slow
def test_every_malformed_connection_can_be_shown(world: MalformedWorld) -> None:
    found = many(CONNECTION, "lake")
    world.show("connections", found)
    world.show("sourceConnections", [])
    world.show("flows", [])

    # All are read at the same place: `list` has shown every one of them.
    for entity in found[::12]:
        if isinstance(entity["name"], str) and entity["name"].startswith("lake "):
            said = world("show", entity["name"], "--json")
            assert said.exit_code == 0


@pytest.mark.slow
def test_rotate_reads_every_malformed_connection_and_dataflow(world: MalformedWorld) -> None:
    service = open_place(None, world.folder).service
    world.show("sourceConnections", [SOURCE, *many(SOURCE, "source")])
    world.show("flows", [FLOW, *many(FLOW, "flow")])
    for path in (("updatedAt",), ("name",), ("auth",), ("state",), ("connectionSpec",), ("etag",)):
        for value in MALFORMED_VALUES:
            items = [replaced(CONNECTION, path, value)]
            world.answer("GET /connections/{id}", {"items": items})
            found = verify_rotated_connection(service, ID)
            assert found["dataflows"][0]["name"] == "orders daily"


def test_a_time_outside_of_the_calendar_is_shown_as_unreadable(world: MalformedWorld) -> None:
    world.show("connections", [{**CONNECTION, "createdAt": 10**17, "updatedAt": -(10**17)}])

    listed, shown = world("list", "--json"), world("show", "Lake")

    (row,) = listed.json["connections"]
    assert (row["created"]["at"], row["changed"]["at"]) == (UNREADABLE, UNREADABLE)
    assert shown.stdout.count(UNREADABLE) == 2


def test_unreadable_entity_is_not_exported(world: MalformedWorld) -> None:
    world.show("connections", [{**CONNECTION, "name": "Good"}, replaced(CONNECTION, ("auth", "params"), [])])

    said = world("export", "--json")

    assert [each["name"] for each in said.json["resources"] if each["kind"] == "base connection"] == ["Good"]
    assert [each["id"] for each in said.json["skipped"]] == [ID]
    assert said.exit_code == 1


def test_two_unreadable_values_are_not_equal(world: MalformedWorld) -> None:
    world.show("connections", [replaced(CONNECTION, ("auth", "specName"), 5)])

    said = world("compare", "dev", "stage", "--json")

    assert [each["field"] for each in said.json["differences"][0]["fields"]] == ["authSpec"]


@pytest.mark.slow
@pytest.mark.parametrize("items", [[5], 5, None, [None], {}, "text"], ids=repr)
def test_list_response_without_a_list_is_an_error_that_names_it(world: MalformedWorld, items: Any) -> None:
    world.show("connections", items)

    said = world("list")

    assert said.exit_code == 3
    assert "GET /data/foundation/flowservice/connections" in said.stderr


@pytest.mark.slow
def test_every_malformed_table_is_shown(world: MalformedWorld) -> None:
    world.show("connections", [CONNECTION])
    table = {"path": "a.b", "name": "b", "type": "table"}
    tables = [malformed for _, malformed in variants(table)]
    column = {"name": "id", "type": "string", "xdm": {"type": "string"}, "meta:xdmType": "string"}
    columns = [malformed for _, malformed in variants(column)]
    content = {"schema": {"columns": [column]}, "data": [{"id": "1"}]}
    places = (("schema",), ("schema", "columns"), ("data",))
    bodies = [replaced(content, place, value) for place in places for value in MALFORMED_VALUES]
    bodies.append({"schema": {"columns": columns}, "data": [{"id": each} for each in MALFORMED_VALUES]})

    world.answer("GET /connections/{id}/explore", tables)
    assert world("explore", "Lake").exit_code == 0
    for number, body in enumerate(bodies):
        world.answer("GET /connections/{id}/explore", body)
        world("explore", "Lake", "a.b", "--rows", *(("--json",) if number % 2 else ()))


@pytest.mark.slow
def test_every_malformed_sandbox_is_listed_or_refused(world: MalformedWorld) -> None:
    world.show("connections", [CONNECTION])
    sandboxes = [{"name": value, "state": "active"} for value in MALFORMED_VALUES]
    for sandbox in sandboxes:
        world.answer("GET /data/foundation/sandbox-management/", {"sandboxes": [sandbox]})
        world("list", "--all-sandboxes")


@pytest.mark.slow
def test_export_accepts_every_malformed_source_connection_target_connection_and_dataflow(world: MalformedWorld) -> None:
    source: dict[str, Any] = {
        "id": "s-1",
        "name": "orders",
        "state": "enabled",
        "baseConnectionId": ID,
        "data": {"format": "tabular"},
        "params": {"tableName": "acme.orders", "columns": [{"name": "order_id"}], "cdcEnabled": False},
        "connectionSpec": {"id": DATABRICKS, "version": "1.0"},
    }
    target: dict[str, Any] = {
        "id": "t-1",
        "name": "lake",
        "data": {"schema": {"id": "s", "version": "application/vnd.adobe.xed-full+json;version=1"}},
        "params": {"dataSetId": "d"},
        "connectionSpec": {"id": LAKE_SPEC, "version": "1.0"},
    }
    flow: dict[str, Any] = {
        **FLOW,
        "flowSpec": {"id": CRM, "version": "1.0"},
        "transformations": [
            {"name": "Copy", "params": {"deltaColumn": {"name": "at"}}},
            {"name": "Mapping", "params": {"mappingId": "m-1", "mappingVersion": 0}},
        ],
        "scheduleParams": {"startTime": 1764000000, "frequency": "day", "interval": 1},
        "options": {"errorDiagnosticsEnabled": True, "partialIngestionPercent": 5},
        "labels": ["core/C1"],
    }
    hub = build_source(FAMILIES[3], None)
    webhook = {"id": "w-1", "state": "enabled", **hub, "connectionSpec": {"id": FAMILIES[5].spec.id, "version": "1.0"}}
    stream: dict[str, Any] = {
        **FLOW,
        "id": "stream-1",
        "name": "orders as they come",
        "flowSpec": {"id": flow_spec("Stream data with optional transformation").id, "version": "1.0"},
        "options": {"errorDiagnosticsEnabled": True, "inletUrl": "https://dcs.adobedc.net/collection/1"},
    }
    mapping_set = {"mappings": [{"sourceType": "ATTRIBUTE", "source": "order_id", "destination": "_id"}]}
    mapping_sets = [malformed for _, malformed in variants(mapping_set)]
    world.show("connections", [CONNECTION])
    world.show("sourceConnections", [source, *many(source, "source"), webhook, *many(webhook, "webhook")])
    world.show("targetConnections", [target, *many(target, "target")])
    streams = [stream, *many(stream, "stream")]
    flows = [
        flow,
        *many(flow, "flow"),
        *streams,
        *({**flow, "id": f"m-{n}", "name": f"m {n}"} for n in range(len(mapping_sets))),
    ]
    world.show("flows", flows)
    route = "GET /data/foundation/conversion/mappingSets/{id}"
    for malformed in mapping_sets:
        world.answer(route, malformed)
    # Faults are met in their order; all others are answered as they should be.
    world.answer(route, mapping_set, times=MANY)

    said = world("export", "--json", "--out", "exported")

    exported = {each["kind"]: each["resource"] for each in said.json["resources"]}
    assert exported.keys() == {"base connection", "source connection", "target connection", "dataflow"}
    assert {"w-1", "stream-1"} <= {each["id"] for each in said.json["resources"]}
    assert len(said.json["resources"]) + len(said.json["skipped"]) > len(flows)
    for file in (world.folder / "exported").glob("*.py"):
        compile(file.read_text("utf-8"), file.name, "exec")
