"""Access tokens of Adobe IMS, OAuth server-to-server.

Adobe: developer.adobe.com, "Server to Server authentication", IMS API reference. Errors: RFC 6749, 5.2.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flow_service_emulator.database import Database
from flow_service_emulator.errors import TokenError
from flow_service_emulator.sealing import compute_digest

_BYTES = 768
"""The length of Adobe's tokens, which are JWTs of about a thousand characters; these tokens have no content."""
_REQUIRED = ("grant_type", "client_id", "client_secret", "scope")


@dataclass
class Tokens:
    """The issued tokens; they outlive the process, as digests."""

    database: Database
    clients: Mapping[str, str]
    lifetime: int

    def issue(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Return a token for the credentials of ``form``; ``expires_in`` is in seconds."""
        client_id = self._authenticate(form)
        token = secrets.token_urlsafe(_BYTES)
        row = (compute_digest(token), client_id, time.time() + self.lifetime)
        self.database.run("INSERT INTO tokens VALUES (?, ?, ?)", row)
        return {"access_token": token, "token_type": "bearer", "expires_in": self.lifetime}

    def find_client(self, token: str) -> str | None:
        """Return the client of a token; None if the token is unknown or has expired."""
        rows = self.database.run("SELECT client_id, expires_at FROM tokens WHERE digest = ?", (compute_digest(token),))
        return next((str(client_id) for client_id, expires_at in rows if expires_at > time.time()), None)

    def expire_all(self) -> int:
        """Expire all tokens, and return how many were valid."""
        living = self.database.run("SELECT count(*) FROM tokens WHERE expires_at > ?", (time.time(),))
        self.database.run("DELETE FROM tokens")
        return int(living[0][0])

    def _authenticate(self, form: Mapping[str, str]) -> str:
        missing_fields = [name for name in _REQUIRED if not form.get(name)]
        if missing_fields:
            raise TokenError(400, "invalid_request", f"missing: {', '.join(missing_fields)}")
        if form["grant_type"] != "client_credentials":
            raise TokenError(400, "unsupported_grant_type", "only client_credentials is known here")
        secret = self.clients.get(form["client_id"])
        if secret is None or not secrets.compare_digest(secret.encode(), form["client_secret"].encode()):
            raise TokenError(401, "invalid_client", "client_id or client_secret is wrong")
        return form["client_id"]
