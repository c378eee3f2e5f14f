"""What change data capture needs: a source that reports changes, and a schema with a primary key and a version.

Adobe: change-data-capture.md; Data Mirror overview (relational schemas); release notes of March 2026.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.resource_types import dataflow, source_connection
from pulumi_adobe.sources import connection_specs, find_declared_spec

CDC_FIELD: Final = "cdcEnabled"

_DESCRIPTORS: Final = {"xdm:descriptorPrimaryKey": "primary key", "xdm:descriptorVersion": "version"}
_DATABRICKS: Final = "databricks"


def find_unsupported_source(label: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return the problem of a source connection with change data capture to a source without it. Sends no request.

    ``label`` is what the program calls the field.
    """
    spec = find_declared_spec(inputs) if inputs.get(CDC_FIELD) is True else None
    if spec is not None and not spec.change_data_capture:
        titles = ", ".join(other.title for other in connection_specs().values() if other.change_data_capture)
        yield (
            f"{label}: Adobe documents no change data capture for {spec.title}, only for {titles}. Remove {label}, and "
            "let a delta column find new rows: deleted rows then stay in the dataset"
        )


def has_change_data_capture(source: Mapping[str, Any]) -> bool:
    """Return whether a source connection has it, from its properties in the form of the state or of the service."""
    return source.get(CDC_FIELD) is True or get_member(source, "params", CDC_FIELD) is True


def find_missing_descriptors(
    context: ProviderContext, resource: str, source: Mapping[str, Any], schema_id: str
) -> Iterator[str]:
    """Return the descriptors that the target's schema lacks, if the source connection has change data capture.

    ``source`` has the source connection's properties, in the form of the state or of the service.
    """
    if not has_change_data_capture(source):
        return
    types = context.preview_checks.ask(
        "XDM descriptors",
        "whether the schema is fit for change data capture",
        resource,
        lambda: context.metadata.list_descriptor_types(schema_id),
    )
    missing = [name for type_, name in _DESCRIPTORS.items() if type_ not in types] if types is not None else []
    if missing:
        target = context.get_labels(dataflow.SCHEMA)["targetConnectionIds"]
        cdc = context.get_labels(source_connection.SCHEMA)[CDC_FIELD]
        yield (
            f"{target}: its schema {schema_id} has no {' and no '.join(missing)} descriptor, which change data capture "
            f"needs. Use a dataset on a relational schema with both, or remove {cdc} from the source connection"
            f"{_describe_table_property(source)}"
        )


def _describe_table_property(source: Mapping[str, Any]) -> str:
    """Return what the table needs, too, if the source is known to be Databricks."""
    spec = find_declared_spec(source)
    if spec is None or spec.source != _DATABRICKS:
        return ""
    table = source.get("tableName") or get_member(source, "params", "tableName") or "<table>"
    return (
        f". The table needs the change data feed, too: ALTER TABLE {table} SET TBLPROPERTIES "
        "(delta.enableChangeDataFeed = true)"
    )
