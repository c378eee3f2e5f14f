"""What a source connection reads from: a base connection, or a source that has none.

Adobe: data-landing-zone.md, lava.md (`sourceConnections` without `baseConnectionId`); "Sources error codes" 1332.
"""

from __future__ import annotations

from typing import Any, Final

import pulumi

from pulumi_adobe.resource_types.fields import DEFAULT_SPEC_VERSION
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.resources.program_messages import build_arguments_error
from pulumi_adobe.sources import ConnectionSpec, connection_specs, find_spec_by_id
from pulumi_adobe.suggestions import suggest_name

_TYPE_NAME: Final = "SourceConnection"
_CONNECTIONS: Final = "connections"


def build_base_arguments(
    resource_name: str,
    base_connection: FlowServiceResource | pulumi.Input[str] | None,
    source: str | None,
    spec_id: str | None,
    spec_version: str | None,
) -> dict[str, Any]:
    """Return the base connection's id, if there is one, and the connection spec.

    Args:
        resource_name: The source connection's name in Pulumi.
        base_connection: The base connection's resource or id; None for a source without base connections.
        source: A source of the catalogue.
        spec_id: The id of a connection spec that the catalogue lacks.
        spec_version: The version of that connection spec, by default 1.0.

    Raises:
        pulumi.RunError: The arguments contradict each other or the catalogue.
    """
    if isinstance(base_connection, FlowServiceResource):
        if spec_id is not None:
            raise _build_error(resource_name, "base_connection has the connection spec: remove connection_spec_id")
        problem = _find_resource_problem(base_connection, source)
        if problem:
            raise _build_error(resource_name, problem)
        return {"base_connection_id": base_connection.id, "connection_spec": base_connection.connection_spec}
    if source is not None and spec_id is not None:
        raise _build_error(resource_name, "give either source or connection_spec_id")
    if spec_id is not None:
        spec = {"id": spec_id, "version": spec_version or DEFAULT_SPEC_VERSION}
        return {"base_connection_id": base_connection, "connection_spec": spec}
    catalogued = _find_source(resource_name, source, has_base_connection=base_connection is not None)
    return {
        "base_connection_id": base_connection,
        "connection_spec": {"id": catalogued.id, "version": catalogued.version},
    }


def find_source_spec(
    base_connection: FlowServiceResource | pulumi.Input[str] | None, source: str | None, spec_id: str | None
) -> ConnectionSpec | None:
    """Return the source that the arguments of a source connection name; None if the catalogue lacks it."""
    if isinstance(base_connection, FlowServiceResource):
        return find_spec_by_id(base_connection.declared_spec_id)
    return find_spec_by_id(spec_id) if spec_id is not None else connection_specs().get(source or "")


def _find_resource_problem(base_connection: FlowServiceResource, source: str | None) -> str:
    """Return the problem of a resource that is no base connection, or one of another source than the program names."""
    if get_resource_type(base_connection.provider_class.resource_type).schema.collection != _CONNECTIONS:
        return f"base_connection must be a base connection, not a {type(base_connection).__name__}"
    if source is None or not base_connection.declared_spec_id:
        return ""
    named = connection_specs().get(source)
    if named is None:
        return f"the catalogue has no source {source}{suggest_name(source, connection_specs())}"
    if named.id == base_connection.declared_spec_id:
        return ""
    declared = find_spec_by_id(base_connection.declared_spec_id)
    title = declared.title if declared is not None else f"the connection spec {base_connection.declared_spec_id}"
    return f"source is {source}, but base_connection connects to {title}: remove source"


def _find_source(resource_name: str, source: str | None, *, has_base_connection: bool) -> ConnectionSpec:
    spec = connection_specs().get(source or "")
    if spec is not None and spec.source_connection.has_base_connection == has_base_connection:
        return spec
    if spec is not None and has_base_connection:
        raise _build_error(resource_name, f"{spec.title} has no base connections: remove base_connection")
    if spec is not None:
        raise _build_error(
            resource_name,
            f'{spec.title} needs a base connection: declare BaseConnection(source="{source}") and give base_connection',
        )
    suggestion = suggest_name(source, connection_specs()) if source else ""
    if has_base_connection:
        raise _build_error(resource_name, f"if base_connection is an id, source must name its source{suggestion}")
    without = ", ".join(
        name for name, spec in connection_specs().items() if not spec.source_connection.has_base_connection
    )
    raise _build_error(
        resource_name,
        f"give base_connection, or source for a source without base connections ({without}){suggestion}",
    )


def _build_error(resource_name: str, problem: str) -> pulumi.RunError:
    return build_arguments_error(_TYPE_NAME, resource_name, [problem])
