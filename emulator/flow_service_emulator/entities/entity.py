"""The members that all entities of Flow Service share: id, place, state, etag, and the author of each change.

Adobe: http.md, update.md; destinations.yaml requires the stamps of every item.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

from flow_service_emulator.clock import now

OTHER_USER = "jane.doe@AdobeID"
OTHER_CLIENT = "exc_app"
"""The user and the client of edits in Adobe's user interface, for the control paths that act as another person."""
SERVICE = "flow-service-emulator"
"""The user and the client of changes that the service makes by itself."""


@dataclass
class Entity:
    """One entity: a connection, a dataflow or a flow run. Times are epoch milliseconds, as Adobe's are.

    Attributes:
        declared: The members that clients write; secrets are sealed.
        reads_left: The number of reads until the service ends its work on the entity.
        ready_at: The time at which the service ends its work on the entity.
        state_afterwards: The state in which this work ends; a state that a foreign edit sets lasts until another edit.
        notes: The emulator's own notes about the entity, which no response shows.
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
    notes: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def create(  # noqa: PLR0913 - the place and the author of an entity
        cls, declared: dict[str, Any], org: str, sandbox: str, user: str, client: str, *, at: int | None = None
    ) -> Entity:
        """Return a new, enabled entity with an id and an etag; ``at`` is its time, by default now."""
        created_at = now() if at is None else at
        return cls(
            id=str(uuid.uuid4()),
            org=org,
            sandbox=sandbox,
            declared=declared,
            state="enabled",
            etag=create_etag(),
            created_at=created_at,
            created_by=user,
            created_client=client,
            updated_at=created_at,
            updated_by=user,
            updated_client=client,
        )

    def renew_etag(self) -> None:
        """Give the entity a new etag, and change nothing else."""
        self.etag = create_etag()

    def record_change(self, user: str, client: str) -> None:
        """Record who changed the entity and when, and give it a new etag."""
        self.updated_by, self.updated_client, self.updated_at = user, client, now()
        self.renew_etag()

    def build_receipt(self) -> dict[str, str]:
        """Return the response to a write; the quotes of the etag are part of it."""
        return {"id": self.id, "etag": self.etag}

    def to_row(self) -> dict[str, Any]:
        """Return the members that the data file stores."""
        return asdict(self)

    def build_stamps(self) -> dict[str, Any]:
        """Return id, place and times under Adobe's names."""
        return {
            "id": self.id,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
            "createdBy": self.created_by,
            "updatedBy": self.updated_by,
            "createdClient": self.created_client,
            "updatedClient": self.updated_client,
            "sandboxId": build_sandbox_id(self.org, self.sandbox),
            "sandboxName": self.sandbox,
            "imsOrgId": self.org,
        }


def create_etag() -> str:
    """Return an etag like Adobe's, with its quotes: `"0c0099f4-0000-0200-0000-67da91710000"`; its end is the time."""
    return f'"{secrets.token_hex(4)}-0000-0200-0000-{now() // 1000:08x}0000"'


def build_sandbox_id(org: str, sandbox: str) -> str:
    """Return the id of a sandbox, the same one for the same names."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{org}/{sandbox}"))
