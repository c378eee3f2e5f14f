"""Plays another person, who works in Adobe's user interface while the client under test does not look."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flow_service_emulator import sealing
from flow_service_emulator.clock import now
from flow_service_emulator.connections.base_connections import Connection
from flow_service_emulator.connections.update import edit_freely
from flow_service_emulator.dataflows import running
from flow_service_emulator.entities.entity import OTHER_CLIENT, SOMEBODY_ELSE, new_etag

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.store import Store

_NOT_DECLARED = frozenset({"org", "sandbox", "client", "id", "state"})


def edit(emulator: Emulator, body: dict[str, Any]) -> Any:
    """`{"id", "patch", "client"?}`: a JSON Patch without an etag, which may also change `/state`."""
    running.settle(emulator)
    for store in _editable(emulator):
        document = store.find(body["id"])
        if document is not None:
            edit_freely(document, body["patch"])
            document.written_by(SOMEBODY_ELSE, body.get("client", OTHER_CLIENT))
            store.save(document)
            return document.receipt()
    connection = emulator.connections.anywhere(body["id"])
    edit_freely(connection, body["patch"])
    connection.written_by(SOMEBODY_ELSE, body.get("client", OTHER_CLIENT))
    emulator.connections.save(connection)
    return connection.receipt()


def create(emulator: Emulator, body: dict[str, Any]) -> Any:
    """The body of a connection, unchecked, with `org`, `sandbox`, `client`, `id` and `state` where they matter."""
    declared = {key: value for key, value in body.items() if key not in _NOT_DECLARED}
    if isinstance(declared.get("auth"), dict):
        declared["auth"] = {**declared["auth"], "params": sealing.seal(declared["auth"].get("params") or {})}
    connection = _new(emulator, declared, body)
    emulator.connections.save(connection)
    return connection.receipt()


def delete(emulator: Emulator, body: dict[str, Any]) -> Any:
    """`{"id"}`, in use or not."""
    running.settle(emulator)
    for store in _editable(emulator):
        document = store.find(body["id"])
        if document is not None:
            store.remove(document)
            return {"deleted": body["id"]}
    connection = emulator.connections.anywhere(body["id"])
    connection.written_by(SOMEBODY_ELSE, OTHER_CLIENT)
    emulator.connections.remove(connection)
    return {"deleted": body["id"]}


def _editable(emulator: Emulator) -> list[Store]:
    """All kinds but runs, which nobody writes."""
    return [store for kind, store in emulator.stores.items() if kind != "runs"]


def _new(emulator: Emulator, declared: dict[str, Any], body: dict[str, Any]) -> Connection:
    org = body.get("org") or next(iter(emulator.options.orgs))
    client, at = body.get("client", OTHER_CLIENT), now()
    return Connection(
        id=body.get("id") or str(uuid.uuid4()),
        org=org,
        sandbox=body.get("sandbox") or emulator.options.orgs[org][0],
        declared=declared,
        state=body.get("state", "enabled"),
        etag=new_etag(),
        created_at=at,
        created_by=SOMEBODY_ELSE,
        created_client=client,
        updated_at=at,
        updated_by=SOMEBODY_ELSE,
        updated_client=client,
    )
