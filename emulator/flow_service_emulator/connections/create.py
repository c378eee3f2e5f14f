"""Makes a base connection of a request's body.

Adobe: "Create base connection" of the Flow Service API reference, and databricks.md.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flow_service_emulator import sealing
from flow_service_emulator.catalogue import HTTP_API
from flow_service_emulator.clock import now
from flow_service_emulator.connections import rules
from flow_service_emulator.connections.base_connections import Connection
from flow_service_emulator.connections.inlets import build_inlet_params
from flow_service_emulator.entities import states
from flow_service_emulator.entities.entity import new_etag
from flow_service_emulator.errors import FlowServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flow_service_emulator.connections.store import ConnectionStore
    from flow_service_emulator.gateway import Caller
    from flow_service_emulator.switches import Switches

_WRITTEN_BY_CLIENTS = ("name", "description", "auth", "connectionSpec", "providerId")


def create(body: Any, caller: Caller, store: ConnectionStore, switches: Switches, *, draft: bool) -> Connection:
    """Check, keep and give the new connection; names need not be unique: nothing in Adobe's documents says so."""
    declared = _declared(body, switches)
    # Checked while clear, kept sealed: sealed, a secret of the wrong type would pass for a text.
    rules.check(declared)
    connection_id = str(uuid.uuid4())
    declared["auth"] = _sealed_auth(declared, connection_id, switches)
    if switches["credentials"] == "checked" and not sealing.works(declared["auth"]["params"]):
        raise rejected_credentials()
    others = store.of_sandbox(caller.org, caller.sandbox)
    refuse_known_name("connections", declared["name"], (each.declared["name"] for each in others), switches)
    connection = _new(declared, connection_id, caller)
    states.begin(connection, switches, draft=draft)
    store.save(connection)
    return connection


def rejected_credentials() -> FlowServiceError:
    """Adobe: "Flow Service error codes", 1100-400: the provider refused."""
    return FlowServiceError("1100-400", "Error from flow provider: the source refused the credentials")


def _declared(body: Any, switches: Switches) -> dict[str, Any]:
    if not body:
        raise FlowServiceError("1405-400", "The request body is empty or null")
    if not isinstance(body, dict):
        raise FlowServiceError("1405-400", "The request body must be an object")
    declared = {key: body[key] for key in _WRITTEN_BY_CLIENTS if body.get(key) is not None}
    rules.check_spec(declared.get("connectionSpec"))
    if "version" not in declared["connectionSpec"]:
        declared["connectionSpec"] = {**declared["connectionSpec"], "version": _default_version(switches)}
    return declared


def _sealed_auth(declared: dict[str, Any], connection_id: str, switches: Switches) -> dict[str, Any]:
    """With what the service adds: Adobe's HTTP API and Salesforce on AWS get parameters that nobody sent."""
    auth: dict[str, Any] = declared["auth"]
    added: dict[str, Any] = {"region": "emulated"} if switches["added_params"] == "on" else {}
    if declared["connectionSpec"]["id"] == HTTP_API:
        added |= build_inlet_params(connection_id, str(declared["name"]))
    return {**auth, "params": sealing.seal({**added, **auth["params"]})}


def _default_version(switches: Switches) -> str:
    if switches["spec_version"] == "default":
        return "1.0"
    raise FlowServiceError("422", "connectionSpec.version 'version' is required for spec info")


def refuse_known_name(kind: str, name: object, others: Iterable[object], switches: Switches) -> None:
    """Refuse the name of another entity of the same kind and sandbox, if the switch says so."""
    if switches["unique_names"] == "on" and name in others:
        raise FlowServiceError("409", f"{kind}: the name [{name}] exists already")


def _new(declared: dict[str, Any], id_: str, caller: Caller) -> Connection:
    at = now()
    return Connection(
        id=id_,
        org=caller.org,
        sandbox=caller.sandbox,
        declared=declared,
        state="enabled",
        etag=new_etag(),
        created_at=at,
        created_by=caller.user,
        created_client=caller.client_id,
        updated_at=at,
        updated_by=caller.user,
        updated_client=caller.client_id,
    )
