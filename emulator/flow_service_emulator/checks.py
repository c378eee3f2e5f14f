"""The checks of names and specs that all kinds share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flow_service_emulator.errors import FlowServiceError, InvalidSpecError

MISSING, WRONG = "CONNECTOR-1304-400", "CONNECTOR-1312-400"


def check_name_and_description(declared: dict[str, Any]) -> None:
    """Refuse an entity without a name, and a description that is no text."""
    name = declared.get("name")
    if not isinstance(name, str) or not name.strip():
        raise FlowServiceError(MISSING, "name is required")
    if not isinstance(declared.get("description"), (str, type(None))):
        raise FlowServiceError(WRONG, "description must be a string")


def check_spec_id(spec: Any) -> str:
    """Return the id of a connection spec or a flow spec; refuse a spec without an id or a version."""
    if not isinstance(spec, dict) or not isinstance(spec.get("id"), str):
        raise InvalidSpecError
    if "version" not in spec:
        raise FlowServiceError("422", "version 'version' is required for spec info")
    return str(spec["id"])


def check_spec(spec: Any, versions: Mapping[str, str]) -> str:
    """Return the id of a spec; refuse one that is not among ``versions``, which has the version of each id."""
    id_ = check_spec_id(spec)
    if versions.get(id_) != spec["version"]:
        raise InvalidSpecError
    return id_
