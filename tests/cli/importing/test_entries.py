"""The entries of an import file: names, places in the program, and the whole state of each resource."""

from __future__ import annotations

import json

import pytest

from adobe_flow.importing.entries import (
    PROVIDER_TYPE,
    ImportedEntity,
    build_component_entry,
    build_entity_entry,
    build_provider_entry,
    write_import_file,
)
from pulumi_adobe.lifecycle.imported_state import Place

PLACE = Place("org@AdobeOrg", "dev")
TARGET = "pulumi-python:dynamic/adobe:TargetConnection"
INPUTS = {
    "name": "Orders",
    "dataSetId": "6889f4f89b982b2b90bc1207",
    "schemaVersion": "application/vnd.adobe.xed-full+json;version=1",
    "connectionSpec": {"id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c", "version": "1.0"},
    "owner": "project/dev/orders",
}
ENTITY = {
    "id": "7f51d2a4",
    "etag": '"1"',
    "state": "enabled",
    "createdAt": 1767225600000,
    "sandboxName": "dev",
    "imsOrgId": "org@AdobeOrg",
    "name": "Orders",
    "params": {"dataSetId": INPUTS["dataSetId"]},
    "data": {"schema": {"id": "https://ns.adobe.com/acme/schemas/orders", "version": INPUTS["schemaVersion"]}},
    "connectionSpec": INPUTS["connectionSpec"],
}


def test_import_entry_has_type_name_parent_and_the_whole_state() -> None:
    entry = build_entity_entry(ImportedEntity(TARGET, "orders", ENTITY, PLACE, INPUTS, parent="group", provider="eu"))

    assert {name: entry[name] for name in ("type", "name", "id", "parent", "provider")} == {
        "type": TARGET,
        "name": "orders",
        "id": "7f51d2a4",
        "parent": "group",
        "provider": "eu",
    }
    assert {name: value for name, value in entry["inputs"].items() if name != "__provider"} == INPUTS
    outputs = entry["outputs"]
    names = ("etag", "sandboxName", "orgId", "createdAt")
    assert [outputs[name] for name in names] == ['"1"', "dev", "org@AdobeOrg", "2026-01-01T00:00:00.000Z"]
    assert outputs["schemaId"] == "https://ns.adobe.com/acme/schemas/orders"


def test_entity_that_names_no_sandbox_gets_the_sandbox_it_was_read_from() -> None:
    entity = {name: value for name, value in ENTITY.items() if name not in {"sandboxName", "imsOrgId"}}

    outputs = build_entity_entry(ImportedEntity(TARGET, "orders", entity, Place("other@AdobeOrg", "stage"), INPUTS))[
        "outputs"
    ]

    assert (outputs["orgId"], outputs["sandboxName"]) == ("other@AdobeOrg", "stage")


def test_duplicate_name_in_the_import_file_keeps_the_logical_name_as_well() -> None:
    entry = build_entity_entry(ImportedEntity(TARGET, "orders", ENTITY, PLACE, INPUTS, entry_name="ordersTarget"))

    assert (entry["name"], entry["logicalName"]) == ("ordersTarget", "orders")
    assert "logicalName" not in build_component_entry("acme:Group", "group", entry_name="group")


def test_components_and_providers_have_no_id() -> None:
    component = build_component_entry("acme:Group", "group", parent="outer")
    provider = build_provider_entry("eu", {"sandbox": "dev"})

    assert component == {"type": "acme:Group", "name": "group", "parent": "outer", "component": True}
    assert provider == {"type": PROVIDER_TYPE, "name": "eu", "inputs": {"sandbox": "dev"}}


def test_import_file_has_the_names_of_resources_already_in_the_stack() -> None:
    text = write_import_file([build_component_entry("acme:Group", "Gruppe Süd")], {"eu": "urn:pulumi:…"})

    assert json.loads(text)["nameTable"] == {"eu": "urn:pulumi:…"}
    assert "Gruppe Süd" in text


def test_import_entry_of_a_foreign_resource_type_is_refused() -> None:
    with pytest.raises(ValueError, match="Bucket"):
        build_entity_entry(ImportedEntity("aws:s3:Bucket", "orders", ENTITY, PLACE, INPUTS))
