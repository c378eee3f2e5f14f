"""What the console may show: everything as GET shows it, and nothing under a secret's name, however deep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flow_service_emulator.catalogue import is_secret
from flow_service_emulator.connections.base_connections import show
from flow_service_emulator.sealing import MASK

if TYPE_CHECKING:
    from flow_service_emulator.entities.entity import Entity
    from flow_service_emulator.switches import Switches

_HIDDEN_HEADERS = frozenset({"cookie", "proxy-authorization"})
_MARK = "sha256:"


def masked(value: Any) -> Any:
    """JSON with a mask in the place of what stands under a secret's name; the journal's marks stay."""
    if isinstance(value, list):
        return [masked(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {name: _hidden(each) if is_secret(str(name)) else masked(each) for name, each in value.items()}


def shown(connection: Entity, switches: Switches) -> dict[str, Any]:
    """A connection as GET shows it. Another person's edit is not checked: an `auth` that is no object stays unseen."""
    auth = connection.declared.get("auth", {})
    if isinstance(auth, dict) and isinstance(auth.get("params", {}), dict):
        return dict(masked(show(connection, switches)))
    rest = {name: value for name, value in connection.declared.items() if name != "auth"}
    return dict(masked(show(replace(connection, declared=rest), switches)))


def shown_headers(headers: Mapping[str, Any]) -> dict[str, Any]:
    """A request's headers; what a browser keeps for other servers of this machine is none of ours."""
    return {name: MASK if name in _HIDDEN_HEADERS else value for name, value in headers.items()}


def _hidden(value: Any) -> Any:
    marked = isinstance(value, str) and (not value or value.startswith(_MARK))
    return value if marked else MASK
