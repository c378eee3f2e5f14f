"""What Flow Service says of a connection spec that the catalogue of this package does not have.

Adobe: `GET /connectionSpecs/{id}`; `authSpec[].spec` is a JSON Schema of the auth parameters (draft.md shows one).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.members import member, objects
from pulumi_adobe.near import near

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowService

COLLECTION = "connectionSpecs"


class Specs:
    """The specs that this run has asked for."""

    def __init__(self, service: FlowService) -> None:
        self._service = service
        self._known: dict[str, Mapping[str, Any]] = {}
        self._lock = Lock()

    def problems(self, spec_id: str, auth_spec: str, parameters: Collection[str]) -> Iterator[str]:
        """What is wrong with these parameters (their names) of an auth spec. May raise a `FlowServiceError`."""
        schemas = _schemas(self._get(spec_id))
        if auth_spec not in schemas:
            yield f"authSpec: {auth_spec} is none of this connection spec{near(auth_spec, schemas)}"
            return
        properties, required = _names(schemas[auth_spec])
        yield from (f"params.{name}: is missing" for name in sorted(required - set(parameters)))
        yield from (
            f"params.{name}: is no parameter of {auth_spec}{near(name, properties)}"
            for name in parameters
            if properties and name not in properties
        )

    def _get(self, spec_id: str) -> Mapping[str, Any]:
        with self._lock:
            if spec_id not in self._known:
                self._known[spec_id] = self._service.get(COLLECTION, spec_id)
            return self._known[spec_id]


def _schemas(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {str(each.get("name")): each.get("spec") for each in objects(spec, "authSpec")}


def _names(schema: Any) -> tuple[set[str], set[str]]:
    """The properties and the required ones of a JSON Schema."""
    properties, required = member(schema, "properties"), member(schema, "required")
    return (
        set(properties) if isinstance(properties, Mapping) else set(),
        {each for each in required if isinstance(each, str)} if isinstance(required, list) else set(),
    )
