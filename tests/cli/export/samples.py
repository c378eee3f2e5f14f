"""Exports of entities that no service holds: declared without a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timezone
from typing import Any, Final

from adobe_flow.export.base_connections import declare_base_connection
from adobe_flow.export.collect import SandboxExport
from adobe_flow.export.dataflows import DataflowContext, declare_dataflow
from adobe_flow.export.declaration import Declaration, NotExpressible
from adobe_flow.export.sandbox import DatasetNames
from adobe_flow.export.source_connections import declare_source_connection
from adobe_flow.export.target_connections import declare_target_connection
from pulumi_adobe.resource_types.mapping import normalize_mapping

NOW: Final = datetime(2026, 11, 29, tzinfo=timezone.utc)


def export_bases(entities: Iterable[Mapping[str, Any]]) -> SandboxExport:
    """Return the export of base connections, without those that nothing can declare."""
    return _export(entities, lambda entity, name: declare_base_connection(entity, name, "dev"))


def export_sources(entities: Iterable[Mapping[str, Any]]) -> SandboxExport:
    """Return the export of source connections whose base connections are not in the program."""
    return _export(entities, lambda entity, name: declare_source_connection(entity, name, "dev", None))


def export_targets(entities: Iterable[Mapping[str, Any]], datasets: Mapping[str, str]) -> SandboxExport:
    """Return the export of target connections in a sandbox with these datasets: names by ids."""
    return _export(
        entities, lambda entity, name: declare_target_connection(entity, name, "dev", DatasetNames(datasets))
    )


def export_dataflows(flows: Iterable[tuple[Mapping[str, Any], Any]], **changed: Any) -> SandboxExport:
    """Return the export of dataflows, given with their mappings."""
    mappings = {str(flow["id"]): normalize_mapping(mapping) for flow, mapping in flows}

    def declare(entity: Mapping[str, Any], name: str) -> Declaration:
        known: dict[str, Any] = {
            "source": "source-id",
            "target": "target-id",
            "flow_spec": "CRMToAEP",
            "reports_changes": False,
            "now": NOW,
            "declared_ids": (),
        }
        return declare_dataflow(
            entity, name, "dev", DataflowContext(mapping=mappings[str(entity["id"])], **known | changed)
        )

    return _export((flow for flow, _ in flows), declare)


def _export(
    entities: Iterable[Mapping[str, Any]], declare: Callable[[Mapping[str, Any], str], Declaration]
) -> SandboxExport:
    export = SandboxExport("dev")
    for number, entity in enumerate(entities):
        try:
            export.declarations.append(declare(entity, f"r{number:03}"))
        except NotExpressible:
            continue
    return export
