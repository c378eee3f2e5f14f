"""The sources of the catalogue as rows of a result."""

from __future__ import annotations

from typing import Any

from pulumi_adobe.sources import ConnectionSpec, connection_specs
from pulumi_adobe.sources.reach import get_reach


def list_sources() -> list[dict[str, Any]]:
    """Return one row per source of the catalogue, by name."""
    return [_build_row(spec) for _, spec in sorted(connection_specs().items())]


def _build_row(spec: ConnectionSpec) -> dict[str, Any]:
    taken = spec.source_connection
    return {
        "source": spec.source,
        "title": spec.title,
        "category": spec.category,
        "status": spec.status,
        "successor": spec.successor or None,
        "hosting": list(spec.hosting),
        "connectionSpec": {"id": spec.id, "version": spec.version},
        "authSpecs": list(spec.auth_specs),
        "reach": get_reach(spec),
        "hasBaseConnection": taken.has_base_connection,
        "formats": list(taken.formats),
        "params": None if spec.source_params is None else [parameter.name for parameter in spec.source_params],
        "flowSpecs": [{"id": flow_spec.id, "name": flow_spec.name} for flow_spec in spec.flow_specs],
        "documentation": spec.documentation,
    }
