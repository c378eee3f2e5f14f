"""The connection specs that the catalogue of this package lacks, as Flow Service describes them.

Adobe: `GET /connectionSpecs/{id}`; `authSpec[].spec` is a JSON Schema of the auth parameters (draft.md shows one).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.lifecycle.cache.shared_requests import SharedRequests
from pulumi_adobe.suggestions import suggest_name

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

COLLECTION = "connectionSpecs"


class ConnectionSpecCache:
    """The connection specs that this run has read. Every method may raise a `FlowServiceError`."""

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._requests = SharedRequests()

    def validate_parameters(
        self, spec_id: str, auth_spec: str, parameters: Collection[str], labels: Mapping[str, str]
    ) -> Iterator[str]:
        """Return what is wrong with an auth spec and the names of its parameters.

        ``labels`` has what the program calls the fields of a base connection.
        """
        schemas = _get_auth_schemas(self.get_spec(spec_id))
        if auth_spec not in schemas:
            suggestion = suggest_name(auth_spec, schemas)
            yield f"{labels['authSpec']}: this connection spec has no auth spec {auth_spec}{suggestion}"
            return
        properties, required = _get_property_names(schemas[auth_spec])
        yield from (f"{labels['params']}.{name}: is missing" for name in sorted(required - set(parameters)))
        yield from (
            f"{labels['params']}.{name}: {auth_spec} has no such parameter{suggest_name(name, properties)}"
            for name in parameters
            if properties and name not in properties
        )

    def get_spec(self, spec_id: str) -> Mapping[str, Any]:
        """Return a connection spec as Flow Service has it."""
        return self._requests.get_or_request(spec_id, lambda: self._service.get(COLLECTION, spec_id))


def _get_auth_schemas(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {str(auth_spec.get("name")): auth_spec.get("spec") for auth_spec in get_objects(spec, "authSpec")}


def _get_property_names(schema: Any) -> tuple[set[str], set[str]]:
    """Return the names of all properties of a JSON Schema, and of the required ones."""
    properties, required = get_member(schema, "properties"), get_member(schema, "required")
    return (
        set(properties) if isinstance(properties, Mapping) else set(),
        {name for name in required if isinstance(name, str)} if isinstance(required, list) else set(),
    )
