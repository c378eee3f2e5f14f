"""Changes by another person, who works in Adobe's user interface beside the client under test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flow_service_emulator import sealing
from flow_service_emulator.dataflows import scheduler
from flow_service_emulator.entities import patch
from flow_service_emulator.entities.entity import OTHER_CLIENT, OTHER_USER, Entity
from flow_service_emulator.errors import NotFoundError

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.store import EntityStore

_NOT_DECLARED = frozenset({"org", "sandbox", "client", "id", "state"})


def edit_entity(emulator: Emulator, body: dict[str, Any]) -> Any:
    """Apply `{"id", "patch", "client"?}`: a JSON Patch without an etag, which may also change `/state`."""
    store, entity = _get_editable_entity(emulator, body["id"])
    _apply_patch_without_rules(entity, body["patch"])
    entity.record_change(OTHER_USER, body.get("client", OTHER_CLIENT))
    store.save(entity)
    return entity.build_receipt()


def create_connection(emulator: Emulator, body: dict[str, Any]) -> Any:
    """Create a connection without checks; the body may also have `org`, `sandbox`, `client`, `id` and `state`."""
    declared = {name: value for name, value in body.items() if name not in _NOT_DECLARED}
    if isinstance(declared.get("auth"), dict):
        declared["auth"] = {**declared["auth"], "params": sealing.seal_params(declared["auth"].get("params") or {})}
    org = body.get("org") or next(iter(emulator.options.orgs))
    sandbox = body.get("sandbox") or emulator.options.orgs[org][0]
    connection = Entity.create(declared, org, sandbox, OTHER_USER, body.get("client", OTHER_CLIENT))
    connection.id = body.get("id") or connection.id
    connection.state = body.get("state", connection.state)
    emulator.connections.save(connection)
    return connection.build_receipt()


def delete_entity(emulator: Emulator, body: dict[str, Any]) -> Any:
    """Delete the entity of `{"id"}`, in use or not."""
    store, entity = _get_editable_entity(emulator, body["id"])
    entity.record_change(OTHER_USER, OTHER_CLIENT)
    store.remove(entity)
    return {"deleted": entity.id}


def _get_editable_entity(emulator: Emulator, id_: str) -> tuple[EntityStore, Entity]:
    """Return an entity of any kind but runs, which nobody edits, with its store."""
    scheduler.update_runs(emulator)
    for kind, store in emulator.stores.items():
        entity = store.find(id_)
        if entity is not None and kind != "runs":
            return store, entity
    raise NotFoundError("connections", id_)


def _apply_patch_without_rules(entity: Entity, operations: list[dict[str, Any]]) -> None:
    """Apply a patch to any member that a client may write, and to the state, without an etag or other checks."""
    declared = patch.apply_operations({**entity.declared, "state": entity.state}, operations)
    state = str(declared.pop("state", entity.state))
    if state != entity.state:
        entity.state, entity.state_afterwards = state, ""
    if isinstance(declared.get("auth"), dict):
        declared["auth"]["params"] = sealing.seal_params(declared["auth"].get("params") or {})
    entity.declared = declared
