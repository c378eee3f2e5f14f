"""Shows what the emulator keeps, and loads what another emulator has shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flow_service_emulator.connections.base_connections import Connection, entity
from flow_service_emulator.entities.filters import STAMPS
from flow_service_emulator.entities.store import Document

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


def show_connections(emulator: Emulator, _body: dict[str, Any]) -> Any:
    """Return the connections of all organizations and sandboxes, with secrets as the SHA-256 of their values."""
    return [_show_connection(emulator, connection) for connection in emulator.connections.all()]


def show(emulator: Emulator, _body: dict[str, Any]) -> Any:
    """Return all entities but connections, of all organizations and sandboxes, by kind."""
    shown = {kind: [_show_document(each) for each in store.all()] for kind, store in emulator.stores.items()}
    return {**shown, _MAPPING_SETS: emulator.lake.mapping_sets()}


def load(emulator: Emulator, body: dict[str, Any]) -> Any:
    """Keep the entities of ``body``, by kind and in the form of the two functions above, with their ids and etags.

    Nothing is checked against Flow Service's rules. An entity replaces one that has the same id.

    Raises:
        ValueError: A kind is unknown, or an entity lacks a member that every entity has.
    """
    unknown = sorted(body.keys() - {_CONNECTIONS, _MAPPING_SETS, *emulator.stores})
    if unknown:
        raise ValueError(f"unknown kinds of entities: {unknown}")
    connections = [Connection.from_row(_row(shown)) for shown in body.get(_CONNECTIONS, [])]
    documents = {kind: [Document(**_row(shown)) for shown in body.get(kind, [])] for kind in emulator.stores}
    mapping_sets = [_split_place(shown) for shown in body.get(_MAPPING_SETS, [])]
    for connection in connections:
        emulator.connections.save(connection)
    for kind, store in emulator.stores.items():
        for document in documents[kind]:
            store.save(document)
    for mapping_set, org, sandbox in mapping_sets:
        emulator.lake.put_mapping_set(mapping_set, org, sandbox)
    return {kind: len(shown) for kind, shown in body.items()}


def _show_connection(emulator: Emulator, connection: Connection) -> dict[str, Any]:
    shown = {**entity(connection, emulator.switches), "etag": connection.etag}
    if "auth" in shown:
        shown["auth"] = {**shown["auth"], "params": connection.params}
    return shown


def _show_document(document: Entity) -> dict[str, Any]:
    return {**document.stamps(), **document.declared, "state": document.state, "etag": document.etag}


def _row(shown: dict[str, Any]) -> dict[str, Any]:
    _require(shown, _MEMBERS.values())
    declared = {name: value for name, value in shown.items() if name not in STAMPS}
    return {"declared": declared, **{field: shown[member] for field, member in _MEMBERS.items()}}


def _split_place(shown: dict[str, Any]) -> tuple[dict[str, Any], str, str]:
    _require(shown, ("id", *_PLACE))
    mapping_set = {name: value for name, value in shown.items() if name not in _PLACE}
    return mapping_set, shown["imsOrgId"], shown["sandboxName"]


def _require(shown: dict[str, Any], members: Iterable[str]) -> None:
    missing = [member for member in members if member not in shown]
    if missing:
        raise ValueError(f"the entity {shown.get('id')} lacks {missing}")
