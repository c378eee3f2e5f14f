"""Base connections: the rules of their kind, and what Adobe shows of them.

Adobe: "Create base connection" of the Flow Service API reference; update.md, http.md, databricks.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flow_service_emulator import sealing
from flow_service_emulator.catalogue import HTTP_API, is_secret
from flow_service_emulator.checks import check_name_and_description
from flow_service_emulator.connections.auth_checks import check_auth, check_spec
from flow_service_emulator.connections.inlets import build_inlet_params
from flow_service_emulator.entities.states import INITIALIZING
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.kind import KindRules
from flow_service_emulator.sealing import MASK

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity
    from flow_service_emulator.switches import Switches


def get_auth_params(connection: Entity) -> dict[str, Any]:
    """Return the auth parameters of a connection; the secrets among them are sealed."""
    params: dict[str, Any] = connection.declared.get("auth", {}).get("params", {})
    return params


def build_shown_connection(connection: Entity, switches: Switches) -> dict[str, Any]:
    """Return what GET shows; the switches choose how secrets and empty descriptions look.

    The ``version`` equals the etag; a connection that is initializing has neither (Salesforce on AWS).
    """
    shown = {**connection.build_stamps(), **connection.declared}
    if "auth" in shown:
        shown["auth"] = {**shown["auth"], "params": _mask_params(get_auth_params(connection), switches["secrets"])}
    if not shown.get("description") and switches["description"] != "kept":
        shown.pop("description", None)
        shown |= {"description": None} if switches["description"] == "null" else {}
    shown["state"] = connection.state
    if connection.state != INITIALIZING:
        shown |= {"version": connection.etag, "etag": connection.etag}
    return shown


def _mask_params(params: dict[str, Any], style: str) -> dict[str, Any]:
    if style == "absent":
        return {name: value for name, value in params.items() if not is_secret(name)}
    mask = MASK if style == "masked" else ""
    return {name: mask if is_secret(name) else value for name, value in params.items()}


def build_credentials_error() -> FlowServiceError:
    """Return the error of credentials that the source refuses ("Flow Service error codes", 1100-400)."""
    return FlowServiceError("1100-400", "Error from flow provider: the source refused the credentials")


def _check_create(_emulator: Emulator, connection: Entity) -> None:
    check_spec(connection.declared.get("connectionSpec"))


def _check_update(_emulator: Emulator, connection: Entity) -> None:
    """Check name, description and auth, but not the connection spec: the service may upgrade it."""
    check_name_and_description(connection.declared)
    check_auth(connection.declared["connectionSpec"]["id"], connection.declared.get("auth"))


def _check_delete(emulator: Emulator, connection: Entity) -> None:
    """Refuse to delete a connection with dataflows (code 1418); source connections alone do not prevent it. Decided."""
    source_ids = {
        source.id
        for source in emulator.stores["sourceConnections"].all()
        if source.declared.get("baseConnectionId") == connection.id
    }
    flow_ids = [
        flow.id
        for flow in emulator.stores["flows"].all()
        if any(id_ in source_ids for id_ in flow.declared.get("sourceConnectionIds") or [])
    ]
    if flow_ids:
        raise FlowServiceError("1418-400", f"connection [{connection.id}] is in use by the flows {flow_ids}")


def _add_service_params(emulator: Emulator, connection: Entity) -> None:
    """Add the auth parameters that the service adds for Adobe's HTTP API and for Salesforce on AWS."""
    added: dict[str, Any] = {"region": "emulated"} if emulator.switches["added_params"] == "on" else {}
    if connection.declared["connectionSpec"]["id"] == HTTP_API:
        added |= build_inlet_params(connection.id, str(connection.declared["name"]))
    _set_auth_params(connection, {**added, **get_auth_params(connection)})


def _seal_secrets(emulator: Emulator, connection: Entity) -> None:
    """Seal the secrets after the checks, for a sealed secret of the wrong type would pass for a text."""
    params = sealing.seal_params(get_auth_params(connection))
    if emulator.switches["credentials"] == "checked" and not sealing.are_params_accepted(params):
        raise build_credentials_error()
    _set_auth_params(connection, params)


def _set_auth_params(connection: Entity, params: dict[str, Any]) -> None:
    connection.declared = {**connection.declared, "auth": {**connection.declared["auth"], "params": params}}


def _remove_null_members(body: dict[str, Any]) -> dict[str, Any]:
    """Return a body without its null members; a null auth parameter stays, and is of the wrong type."""
    return {name: value for name, value in body.items() if value is not None}


BASE_CONNECTIONS = KindRules(
    name="connections",
    written=("name", "description", "auth", "connectionSpec", "providerId"),
    paths=re.compile(r"/(name|description|auth/params(/[^/]+)?)"),
    show=lambda emulator, connection: build_shown_connection(connection, emulator.switches),
    check=_check_update,
    check_create=_check_create,
    check_delete=_check_delete,
    complete=_add_service_params,
    seal=_seal_secrets,
    remove_nulls=_remove_null_members,
    added=(),
    is_initialized=True,
    is_searchable=True,
    ignores_state=True,
)
