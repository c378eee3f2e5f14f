"""Where Flow Service is and who asks: what the client needs of the settings."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Credentials:
    """One organization's sandbox, the credentials for it, and how patient to be. Times are in seconds.

    ``timeout`` bounds one operation in all, retries included; ``requests_per_second`` 0 sets no limit.
    """

    endpoint: str
    ims_endpoint: str
    org_id: str
    sandbox: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    scopes: str = ""
    timeout: float = 120.0
    requests_per_second: float = 0.0
