"""What all entities of Flow Service share: an id, a place, a state, an etag, and who wrote when.

Adobe: http.md, update.md; destinations.yaml requires the stamps of every item.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from flow_service_emulator.clock import now

SOMEBODY_ELSE = "jane.doe@AdobeID"
OTHER_CLIENT = "exc_app"
"""Who edits in Adobe's user interface, for the control paths that play another person."""
SERVICE = "flow-service-emulator"
"""Who does what nobody asked for: the service itself."""


@dataclass
class Entity:
    """``declared`` is what clients write. Times are epoch milliseconds, as Adobe's are.

    While the service is at work on it, ``reads_left`` and ``ready_at`` say until when, and ``state_afterwards`` in
    which state the work ends; a state that a foreign edit has set lasts until another edit.
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
    state_afterwards: str = ""

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

    def stamps(self) -> dict[str, Any]:
        """Id, place and times, as Adobe shows them."""
        return {
            "id": self.id,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
            "createdBy": self.created_by,
            "updatedBy": self.updated_by,
            "createdClient": self.created_client,
            "updatedClient": self.updated_client,
            "sandboxId": sandbox_id(self.org, self.sandbox),
            "sandboxName": self.sandbox,
            "imsOrgId": self.org,
        }


def new_etag() -> str:
    """As Adobe's look, quotes and all: ``"0c0099f4-0000-0200-0000-67da91710000"``; the last part holds the time."""
    return f'"{secrets.token_hex(4)}-0000-0200-0000-{now() // 1000:08x}0000"'


def sandbox_id(org: str, sandbox: str) -> str:
    """An id that stays the same for the same sandbox."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{org}/{sandbox}"))
