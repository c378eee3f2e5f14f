"""How target connections are declared, and why some cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.export.declaration import NotExpressible
from adobe_flow.export.expressions import CallExpression
from adobe_flow.export.sandbox import DatasetNames
from adobe_flow.export.target_connections import declare_target_connection
from tests.emulator.dataflows.way import DATASET, LAKE_SPEC, target

NAMES = DatasetNames({DATASET: "ACME orders"})


def build_target(**changed: Any) -> dict[str, Any]:
    return {"id": "t-1", "state": "enabled", **target(**changed)}


def test_dataset_is_exported_by_its_name() -> None:
    declaration = declare_target_connection(build_target(), "orders-target", "dev", NAMES)

    assert declaration.call.keywords["dataset_id"] == CallExpression("find_dataset", ("ACME orders",))
    assert "schema_id" not in declaration.call.keywords
    assert "schema_version" not in declaration.call.keywords
    assert (declaration.config, declaration.notes) == ({}, [])


@pytest.mark.parametrize(
    ("names", "notes"),
    [
        ({DATASET: "Orders", "other": "Orders"}, []),
        ({DATASET: " "}, []),
        (None, []),
        ({}, [f"the sandbox has no dataset {DATASET} any more"]),
    ],
)
def test_dataset_without_a_unique_name_is_exported_as_stack_config(
    names: dict[str, str] | None, notes: list[str]
) -> None:
    declaration = declare_target_connection(build_target(), "orders-target", "dev", DatasetNames(names))

    assert declaration.call.keywords["dataset_id"] == CallExpression("config.require", (f"dataset-{DATASET}",))
    assert declaration.config == {f"dataset-{DATASET}": DATASET}
    assert declaration.notes == notes


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        ({}, []),
        ({"format": ""}, []),
        ({"format": "parquet_xdm"}, []),
        ({"properties": {"a": {"b": 1}}, "more": [1]}, ["no argument declares data.properties, data.more"]),
    ],
)
def test_undeclarable_member_is_noted_by_its_path(data: dict[str, Any], notes: list[str]) -> None:
    body = build_target()
    body["data"] = {**body["data"], **data}

    assert declare_target_connection(body, "orders-target", "dev", NAMES).notes == notes


def test_format_is_exported_if_the_entity_has_one() -> None:
    body = build_target()
    assert "format" not in declare_target_connection(body, "orders-target", "dev", NAMES).call.keywords

    body["data"]["format"] = "parquet_xdm"
    assert declare_target_connection(body, "orders-target", "dev", NAMES).call.keywords["format"] == "parquet_xdm"


def test_undeclarable_member_beside_declared_ones_is_noted() -> None:
    body = build_target()
    body["data"]["schema"]["more"] = "x"

    notes = declare_target_connection(body, "orders-target", "dev", NAMES).notes

    assert notes == ["no argument declares data.schema.more"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"connectionSpec": {"id": "of another target", "version": "1.0"}}, "data lake"),
        ({"params": {}}, "dataset_id"),
        ({"data": {}}, "schema_version"),
    ],
)
def test_content_that_a_target_connection_cannot_declare_is_noted(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(NotExpressible, match=words):
        declare_target_connection(build_target(**changed), "orders-target", "dev", NAMES)


def test_draft_target_and_another_schema_version_are_exported() -> None:
    version = "application/vnd.adobe.xed+json;version=1"
    data = {"schema": {"id": "https://ns.adobe.com/acme/schemas/orders", "version": version}}

    keywords = declare_target_connection(
        {**build_target(data=data), "state": "draft"}, "orders-target", "dev", NAMES
    ).call.keywords

    assert (keywords["schema_version"], keywords["draft"]) == (version, True)
    assert LAKE_SPEC not in str(keywords)
