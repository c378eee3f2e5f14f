"""The part of the settings that the HTTP client needs."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Credentials:
    """The sandbox of an organization, the credentials for it, and the limits of requests.

    Attributes:
        endpoint: The address of Experience Platform.
        ims_endpoint: The address of Adobe IMS, which issues access tokens.
        org_id: The organization.
        sandbox: The lower-case name of the sandbox.
        client_id: The client id, which is the API key too.
        client_secret: The client secret; not needed with an access token.
        access_token: A ready access token, which is used as it is.
        scopes: The scopes of a fetched token, separated by commas.
        timeout: Seconds for one operation in total, retries included.
        requests_per_second: The most requests per second; 0 sets no limit.
        log: The level of the debug log: one of `options.LOG_CHOICES`.
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
    log: str = "off"
