"""A base connection as it is kept, and as Adobe shows it."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from flow_service_emulator.catalogue import is_secret
from flow_service_emulator.sealing import MASK, reseal
from flow_service_emulator.switches import Switches

INITIALIZING = "initializing"
SOMEBODY_ELSE = "jane.doe@AdobeID"
OTHER_CLIENT = "exc_app"
"""Who edits in Adobe's user interface, for the control paths that play another person."""
SERVICE = "flow-service-emulator"
"""Who ends the initializing: the service itself."""


@dataclass
class Connection:
    """``declared`` is what clients write: name, description, auth (its secrets sealed), connectionSpec.

    Times are epoch milliseconds, as Adobe's are.
    """

    id: str
    org: str
    sandbox: str
    declared: dict[str, Any]
    state: str
    etag: str
    created_at: int
    created_by: str
    created_client: str
    updated_at: int
    updated_by: str
    updated_client: str
    reads_left: int = 0
    ready_at: int = 0

    @property
    def params(self) -> dict[str, Any]:
        """The auth parameters, secrets sealed."""
        params: dict[str, Any] = self.declared.get("auth", {}).get("params", {})
        return params

    def touch(self) -> None:
        """Move the etag, and nothing else."""
        self.etag = new_etag()

    def written_by(self, user: str, client: str) -> None:
        """Note a change: who, when, and a new etag."""
        self.updated_by, self.updated_client, self.updated_at = user, client, now()
        self.touch()

    def receipt(self) -> dict[str, str]:
        """What Adobe answers to a write; the etag's quotes are part of it."""
        return {"id": self.id, "etag": self.etag}

    def row(self) -> dict[str, Any]:
        """What goes into the data file."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Connection:
        """The connection that ``row`` was made from."""
        connection = cls(**row)
        if "params" in connection.declared.get("auth", {}):
            connection.declared["auth"]["params"] = reseal(connection.params)
        return connection


def now() -> int:
    """Epoch milliseconds."""
    return time.time_ns() // 1_000_000


def new_etag() -> str:
    """As Adobe's look, quotes and all: ``"0c0099f4-0000-0200-0000-67da91710000"``; the last part holds the time."""
    return f'"{secrets.token_hex(4)}-0000-0200-0000-{now() // 1000:08x}0000"'


def entity(connection: Connection, switches: Switches) -> dict[str, Any]:
    """What Adobe shows; secrets and empty descriptions look as the switches say.

    Adobe: update.md, http.md; ``version`` equals the etag, and while initializing there is neither (Salesforce on AWS).
    """
    shown = {**_stamps(connection), **connection.declared}
    if "auth" in shown:
        shown["auth"] = {**shown["auth"], "params": _shown_params(connection.params, switches["secrets"])}
    if not shown.get("description") and switches["description"] != "kept":
        shown.pop("description", None)
        shown |= {"description": None} if switches["description"] == "null" else {}
    shown["state"] = connection.state
    if connection.state != INITIALIZING:
        shown |= {"version": connection.etag, "etag": connection.etag}
    return shown


def _stamps(connection: Connection) -> dict[str, Any]:
    return {
        "id": connection.id,
        "createdAt": connection.created_at,
        "updatedAt": connection.updated_at,
        "createdBy": connection.created_by,
        "updatedBy": connection.updated_by,
        "createdClient": connection.created_client,
        "updatedClient": connection.updated_client,
        "sandboxId": sandbox_id(connection.org, connection.sandbox),
        "sandboxName": connection.sandbox,
        "imsOrgId": connection.org,
    }


def sandbox_id(org: str, sandbox: str) -> str:
    """An id that stays the same for the same sandbox."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{org}/{sandbox}"))


def _shown_params(params: dict[str, Any], style: str) -> dict[str, Any]:
    if style == "absent":
        return {name: value for name, value in params.items() if not is_secret(name)}
    stand_in = MASK if style == "masked" else ""
    return {name: stand_in if is_secret(name) else value for name, value in params.items()}
