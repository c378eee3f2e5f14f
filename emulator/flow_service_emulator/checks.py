"""The checks that several kinds share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flow_service_emulator.errors import FlowServiceError, InvalidSpecError

MISSING, WRONG = "CONNECTOR-1304-400", "CONNECTOR-1312-400"


def check_texts(declared: dict[str, Any]) -> None:
    """A name there must be; a description may be."""
    name = declared.get("name")
    if not isinstance(name, str) or not name.strip():
        raise FlowServiceError(MISSING, "name is required")
    if not isinstance(declared.get("description"), (str, type(None))):
        raise FlowServiceError(WRONG, "description must be a string")


def spec_id(spec: Any) -> str:
    """The id of a connection spec or a flow spec."""
    if not isinstance(spec, dict) or not isinstance(spec.get("id"), str):
        raise InvalidSpecError
    if "version" not in spec:
        raise FlowServiceError("422", "version 'version' is required for spec info")
    return str(spec["id"])


def known_spec(spec: Any, known: Mapping[str, str]) -> str:
    """The id of a spec that must be one of these, in its version; ``known`` has the versions by id."""
    id_ = spec_id(spec)
    if known.get(id_) != spec["version"]:
        raise InvalidSpecError
    return id_


def member(value: Any, *path: str) -> Any:
    """What stands at a path of objects; None where it ends early."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
