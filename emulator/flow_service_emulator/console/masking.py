"""The masking of secrets in the console: entities as GET shows them, with a mask below every secret's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flow_service_emulator.catalogue import is_secret
from flow_service_emulator.connections.base_connections import build_shown_connection
from flow_service_emulator.sealing import MASK

if TYPE_CHECKING:
    from flow_service_emulator.entities.entity import Entity
    from flow_service_emulator.switches import Switches

_HIDDEN_HEADERS = frozenset({"cookie", "proxy-authorization"})
_MARK = "sha256:"


def mask_json(value: Any) -> Any:
    """Return JSON with a mask for each value under a secret's name; the marks of the journal stay."""
    if isinstance(value, list):
        return [mask_json(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {name: _mask_value(item) if is_secret(str(name)) else mask_json(item) for name, item in value.items()}


def show_connection(connection: Entity, switches: Switches) -> dict[str, Any]:
    """Return a connection as GET shows it. An `auth` that is no object, which a foreign edit can leave, is left out."""
    auth = connection.declared.get("auth", {})
    if isinstance(auth, dict) and isinstance(auth.get("params", {}), dict):
        return dict(mask_json(build_shown_connection(connection, switches)))
    declared = {name: value for name, value in connection.declared.items() if name != "auth"}
    return dict(mask_json(build_shown_connection(replace(connection, declared=declared), switches)))


def mask_headers(headers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the headers of a request, with a mask for the cookies of other servers of this machine."""
    return {name: MASK if name in _HIDDEN_HEADERS else value for name, value in headers.items()}


def _mask_value(value: Any) -> Any:
    marked = isinstance(value, str) and (not value or value.startswith(_MARK))
    return value if marked else MASK
