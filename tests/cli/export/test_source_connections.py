"""How source connections are declared, and why some cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.export.declaration import NotExpressible
from adobe_flow.export.expressions import NameExpression
from adobe_flow.export.source_connections import DeclaredBaseConnection, declare_source_connection
from pulumi_adobe.sources import connection_specs
from tests.emulator.dataflows.way import source

DATABRICKS = {"id": connection_specs()["databricks"].id, "version": "1.0"}
BASE = DeclaredBaseConnection("lake", DATABRICKS)


def build_source(**changed: Any) -> dict[str, Any]:
    return {"id": "s-1", "state": "enabled", **source("base-id", **changed)}


def test_a_source_connection_refers_to_the_variable_of_its_base_connection() -> None:
    declaration = declare_source_connection(build_source(), "orders-source", "dev", BASE)

    assert declaration.call.keywords["base_connection"] == NameExpression("lake")
    assert declaration.uses == ("base-id",)


def test_connection_outside_the_program_is_referred_to_by_id_and_source() -> None:
    declaration = declare_source_connection(build_source(), "orders-source", "dev", None)

    assert declaration.call.keywords["base_connection"] == "base-id"
    assert declaration.call.keywords["source"] == "databricks"
    assert declaration.uses == ()


def test_spec_version_other_than_that_of_the_base_connection_is_no_difference() -> None:
    moved = build_source(connectionSpec={**DATABRICKS, "version": "1.1"})

    assert declare_source_connection(moved, "orders-source", "dev", BASE).inputs["connectionSpec"] == DATABRICKS


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"baseConnectionId": None}, "needs one"),
        ({"params": {"columns": []}}, "table: is missing"),
        ({"data": {"format": "json"}, "params": {}}, "must not be json"),
        ({"data": {"format": "avro"}, "params": {"path": "/in"}}, "format"),
        ({"connectionSpec": {"id": "of tomorrow", "version": "1.0"}}, "connectionSpec"),
        ({"name": " "}, "no name"),
        ({"params": {"tableName": "acme.orders", "columns": ["order_id"]}}, "columns"),
        ({"params": {"tableName": "acme.orders", "cdcEnabled": "yes"}}, "cdc"),
    ],
)
def test_content_that_a_source_connection_cannot_declare_is_noted(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(NotExpressible, match=words):
        declare_source_connection(build_source(**changed), "orders-source", "dev", BASE)


@pytest.mark.parametrize("base_id", ["base-id", None])
def test_source_missing_in_the_catalogue_is_exported_by_its_spec(base_id: str | None) -> None:
    spec = {"id": "of tomorrow", "version": "2.0"}
    body = build_source(connectionSpec=spec, baseConnectionId=base_id)

    by_id = declare_source_connection(body, "orders-source", "dev", None).call.keywords

    assert (by_id["connection_spec_id"], by_id["connection_spec_version"]) == ("of tomorrow", "2.0")
    assert by_id.get("base_connection") == base_id
    if base_id is not None:
        assert declare_source_connection(body, "orders-source", "dev", DeclaredBaseConnection("lake", spec)).uses == (
            "base-id",
        )


def test_source_missing_in_the_catalogue_without_a_format_is_noted() -> None:
    body = build_source(connectionSpec={"id": "of tomorrow", "version": "1.0"}, data=None, params={"topic": "orders"})

    with pytest.raises(NotExpressible, match="no format"):
        declare_source_connection(body, "orders-source", "dev", None)


FAMILIES: dict[str, tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "files": (
        "amazon-s3",
        {
            "format": "delimited",
            "properties": {"columnDelimiter": "\t", "compressionType": "gzip", "encoding": "UTF-8"},
        },
        {"path": "/in", "type": "folder", "recursive": False},
        {
            "format": "delimited",
            "path": "/in",
            "path_type": "folder",
            "recursive": False,
            "column_delimiter": "\t",
            "encoding": "UTF-8",
            "compression_type": "gzip",
        },
    ),
    "files without a base connection": (
        "data-landing-zone",
        {"format": "json"},
        {"path": "in.json"},
        {"source": "data-landing-zone", "format": "json", "path": "in.json"},
    ),
    "records": (
        "mailchimp-members",
        {"format": "json"},
        {"listId": "10c097ca71", "limit": 5},
        {"params": {"listId": "10c097ca71", "limit": 5}},
    ),
    "a parameter with the name of an argument": (
        "sugarcrm-accounts-contacts",
        {"format": "json"},
        {"object_type": "Accounts", "path": "/rest"},
        {"params": {"object_type": "Accounts", "path": "/rest"}},
    ),
    "a stream": (
        "azure-event-hubs",
        {"format": "delimited"},
        {"eventHubName": "orders", "dataType": "raw"},
        {"format": "delimited", "params": {"eventHubName": "orders", "dataType": "raw"}},
    ),
    "a table that streams": (
        "snowflake-streaming",
        {},
        {"tableName": "acme.orders", "timestampColumn": "at", "backfill": True},
        {"table": "acme.orders", "params": {"timestampColumn": "at", "backfill": True}},
    ),
    "what is sent": ("http-api-streaming", {}, {}, {}),
    "a webhook": ("pendo", {"format": "json"}, {}, {"source": "pendo"}),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_each_source_family_is_exported_with_the_arguments_of_its_source(family: str) -> None:
    source_name, data, params, arguments = FAMILIES[family]
    spec = connection_specs()[source_name]
    connection_spec = {"id": spec.id, "version": spec.version}
    base = DeclaredBaseConnection("lake", connection_spec) if spec.source_connection.has_base_connection else None
    body = build_source(
        connectionSpec=connection_spec, baseConnectionId="base-id" if base else None, data=data, params=params
    )

    declaration = declare_source_connection(body, "orders-source", "dev", base)

    reference = {"base_connection": NameExpression("lake")} if base else {}
    assert declaration.call.keywords == {"name": "orders", **reference, **arguments}
    assert declaration.inputs.get("params") == arguments.get("params")


def test_undocumented_parameter_is_exported_and_noted() -> None:
    body = build_source(params={"tableName": "acme.orders", "limit": 5, "filter": {"a": 1}, "key": "*****"})

    declaration = declare_source_connection(body, "orders-source", "dev", BASE)

    assert declaration.call.keywords["params"] == {"limit": 5}
    assert declaration.notes[0] == "no argument declares params.filter, params.key"
    assert "params.limit" in declaration.notes[1]


def test_parameter_that_the_provider_refuses_is_noted() -> None:
    spec = connection_specs()["mailchimp-members"]
    body = build_source(
        connectionSpec={"id": spec.id, "version": spec.version}, data={"format": "json"}, params={"listId": ["a", "b"]}
    )

    with pytest.raises(NotExpressible, match="listId"):
        declare_source_connection(body, "orders-source", "dev", None)


def test_files_are_exported_and_undeclarable_content_is_noted() -> None:
    spec = connection_specs()["amazon-s3"]
    body = build_source(
        connectionSpec={"id": spec.id, "version": spec.version},
        data={"format": "delimited", "properties": {"quote": "'"}},
        params={"path": "/in", "recursive": False},
    )

    declaration = declare_source_connection(body, "orders-source", "dev", None)

    expected = {"path": "/in", "recursive": False, "format": "delimited", "source": "amazon-s3"}
    assert expected.items() <= declaration.call.keywords.items()
    assert declaration.notes == ["no argument declares data.properties.quote"]
