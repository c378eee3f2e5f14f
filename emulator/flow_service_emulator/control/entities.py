"""The control paths that list all entities, and load those that another emulator has listed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flow_service_emulator.connections import base_connections
from flow_service_emulator.entities.filters import STAMPS

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity

_CONNECTIONS, _MAPPING_SETS = "connections", "mappingSets"
_MEMBERS = {
    "id": "id",
    "org": "imsOrgId",
    "sandbox": "sandboxName",
    "state": "state",
    "etag": "etag",
    "created_at": "createdAt",
    "created_by": "createdBy",
    "created_client": "createdClient",
    "updated_at": "updatedAt",
    "updated_by": "updatedBy",
    "updated_client": "updatedClient",
}
"""The fields of an `Entity`, each with the member that shows it."""
_PLACE = ("imsOrgId", "sandboxName")


def list_connections(emulator: Emulator, _body: dict[str, Any]) -> Any:
    """Return the connections of all organizations and sandboxes, with secrets as the SHA-256 of their values."""
    return [_show_connection(emulator, connection) for connection in emulator.connections.all()]


def list_entities(emulator: Emulator, _body: dict[str, Any]) -> Any:
    """Return all entities but connections, of all organizations and sandboxes, by kind."""
    shown = {
        kind: [_show_entity(entity) for entity in store.all()]
        for kind, store in emulator.stores.items()
        if kind != _CONNECTIONS
    }
    return {**shown, _MAPPING_SETS: emulator.lake.list_all_mapping_sets()}


def load_entities(emulator: Emulator, body: dict[str, Any]) -> Any:
    """Store the entities of ``body``, by kind and in the form of the two functions above, with their ids and etags.

    Nothing is checked against Flow Service's rules. An entity replaces one that has the same id.

    Raises:
        ValueError: A kind is unknown, or an entity lacks a member that every entity has.
    """
    unknown_kinds = sorted(body.keys() - {_MAPPING_SETS, *emulator.stores})
    if unknown_kinds:
        raise ValueError(f"unknown kinds of entities: {unknown_kinds}")
    entities = [
        (store, store.parse_row(_build_row(shown)))
        for kind, store in emulator.stores.items()
        for shown in body.get(kind, [])
    ]
    mapping_sets = [_split_place(shown) for shown in body.get(_MAPPING_SETS, [])]
    for store, entity in entities:
        store.save(entity)
    for mapping_set, org, sandbox in mapping_sets:
        emulator.lake.put_mapping_set(mapping_set, org, sandbox)
    return {kind: len(shown) for kind, shown in body.items()}


def _show_connection(emulator: Emulator, connection: Entity) -> dict[str, Any]:
    shown = {**base_connections.build_shown_connection(connection, emulator.switches), "etag": connection.etag}
    if "auth" in shown:
        shown["auth"] = {**shown["auth"], "params": base_connections.get_auth_params(connection)}
    return shown


def _show_entity(entity: Entity) -> dict[str, Any]:
    return {**entity.build_stamps(), **entity.declared, "state": entity.state, "etag": entity.etag}


def _build_row(shown: dict[str, Any]) -> dict[str, Any]:
    _require_member(shown, _MEMBERS.values())
    declared = {name: value for name, value in shown.items() if name not in STAMPS}
    return {"declared": declared, **{field: shown[member] for field, member in _MEMBERS.items()}}


def _split_place(shown: dict[str, Any]) -> tuple[dict[str, Any], str, str]:
    _require_member(shown, ("id", *_PLACE))
    mapping_set = {name: value for name, value in shown.items() if name not in _PLACE}
    return mapping_set, shown["imsOrgId"], shown["sandboxName"]


def _require_member(shown: dict[str, Any], members: Iterable[str]) -> None:
    missing_members = [member for member in members if member not in shown]
    if missing_members:
        raise ValueError(f"the entity {shown.get('id')} lacks {missing_members}")
