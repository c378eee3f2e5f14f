"""Landing zones: the storage through which Databricks delivers its data, and that of the users' own files.

Adobe: help/sources/connectors/databases/databricks.md; data-landing-zone.md. A refresh revokes the old token at once.
Each sandbox has a storage account of its own.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from typing import Final

from flow_service_emulator.clock import now

DATABRICKS: Final = "dlz_databricks_source"
USER: Final = "user_drop_zone"
CONTAINERS: Final = {DATABRICKS: "dlz-databricks-container", USER: "dlz-user-container"}
_DAY: Final = 86_400_000

Place = tuple[str, str, str]
"""Organization, sandbox and type of a landing zone."""


@dataclass(frozen=True)
class SasToken:
    """A SAS token; ``until`` is the beginning of the day of its expiry, in epoch milliseconds."""

    text: str
    until: int


class LandingZone:
    """The valid tokens, in memory: a new process creates new ones."""

    def __init__(self) -> None:
        """Begin without tokens."""
        self._tokens: dict[Place, SasToken] = {}

    def get(self, place: Place, days: int) -> tuple[SasToken, bool]:
        """Return the token of a place, and whether it replaces one that has expired."""
        token = self._tokens.get(place)
        if token is not None and token.until > now():
            return token, False
        return self.renew(place, days), token is not None

    def find(self, place: Place) -> SasToken | None:
        """Return the token of a place without renewing it; None if it has expired, or nobody has requested one."""
        token = self._tokens.get(place)
        return token if token is not None and token.until > now() else None

    def renew(self, place: Place, days: int) -> SasToken:
        """Replace the token of a place by one that expires after a number of days."""
        text = f"sv=2020-10-02&si=dlz-{uuid.uuid4()}&sr=c&sp=racwdlm&sig={secrets.token_hex(16)}%3D"
        self._tokens[place] = SasToken(text, (now() // _DAY + days) * _DAY)
        return self._tokens[place]

    def clear(self) -> None:
        """Remove all SAS tokens, so that new ones are created on the next request."""
        self._tokens.clear()


def get_storage_names(place: Place) -> tuple[str, str]:
    """Return the container and the storage account of a place."""
    account = f"sndbxdtlnd{hashlib.sha256('/'.join(place).encode()).hexdigest()[:14]}"
    return CONTAINERS[place[-1]], account
