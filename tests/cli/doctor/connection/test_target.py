"""What the rows go to: the identity that the mapping fills, and the one schema of mapping set, target and dataset."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.doctor.connection.target import check_identity, check_schema
from adobe_flow.problem import Problem
from tests.cli.doctor.connection.conftest import PathScene
from tests.emulator.dataflows.way import SCHEMA, mapping_set, target

CUSTOMERS = "https://ns.adobe.com/acme/schemas/customers"


def describe(scene: PathScene, type_: str, property_: Any, **more: Any) -> None:
    body = {"@type": type_, "xdm:sourceSchema": SCHEMA, "xdm:sourceVersion": 1, "xdm:sourceProperty": property_, **more}
    answer = scene.way.neighbour("POST", "/schemaregistry/tenant/descriptors", json=body)
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    ("type_", "property_", "is_primary", "missing"),
    [
        ("xdm:descriptorIdentity", "/_acme/customerId", True, "_acme.customerId"),
        ("xdm:descriptorIdentity", "/_acme/amount", True, ""),
        ("xdm:descriptorIdentity", "/_acme/customerId", False, ""),
        ("xdm:descriptorPrimaryKey", ["/_id", "/_acme/status"], None, "_acme.status"),
        ("xdm:descriptorVersion", "/_acme/status", None, ""),
    ],
    ids=str,
)
def test_mapping_that_fills_neither_primary_identity_nor_key_is_reported(
    scene: PathScene, type_: str, property_: Any, *, is_primary: bool | None, missing: str
) -> None:
    describe(scene, type_, property_, **({} if is_primary is None else {"xdm:isPrimary": is_primary}))
    scene.flow()

    if not missing:
        assert "orders daily" in check_identity(scene.case())
        return
    with pytest.raises(Problem, match=missing) as raised:
        check_identity(scene.case())
    assert "mapping" in raised.value.hint
    assert "_id," not in raised.value.message


def test_mapping_to_an_object_fills_its_nested_fields(scene: PathScene) -> None:
    describe(scene, "xdm:descriptorIdentity", "/_acme/customerId", **{"xdm:isPrimary": True})
    body = mapping_set(order_id="_acme")
    scene.way.mapping = scene.way.neighbour("POST", "/conversion/mappingSets", json=body).json()["id"]
    scene.flow()

    assert "fills _acme.customerId" in check_identity(scene.case())


def test_target_and_dataset_with_one_schema_are_healthy(scene: PathScene) -> None:
    scene.flow()

    assert "have the same schema" in check_schema(scene.case())


@pytest.mark.parametrize("place", ["target", "mapping"])
def test_differing_schemas_are_named(scene: PathScene, place: str) -> None:
    if place == "target":
        data = {"schema": {"id": CUSTOMERS, "version": "application/vnd.adobe.xed-full+json;version=1"}}
        scene.way.target = scene.way.made("/targetConnections", target())
        operation = {"op": "replace", "path": "/data", "value": data}
        scene.emulator.foreign_edit(scene.way.target, [operation])
    else:
        body = {**mapping_set(order_id="_id"), "xdmSchema": CUSTOMERS}
        scene.way.mapping = scene.way.neighbour("POST", "/conversion/mappingSets", json=body).json()["id"]
    scene.flow()

    with pytest.raises(Problem, match=CUSTOMERS) as raised:
        check_schema(scene.case())

    assert SCHEMA in raised.value.message
    assert "schema_id" in raised.value.hint


def test_deleted_dataset_is_reported(scene: PathScene) -> None:
    scene.flow()
    dataset = target()["params"]["dataSetId"]
    scene.way.neighbour("DELETE", f"/catalog/dataSets/{dataset}")

    with pytest.raises(Problem, match=dataset):
        check_schema(scene.case())
