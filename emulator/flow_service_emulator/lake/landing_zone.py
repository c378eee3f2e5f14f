"""Landing zones: the storage through which Databricks hands its data over, and that of the users' own files.

Adobe: help/sources/connectors/databases/databricks.md; data-landing-zone.md. A refresh is a POST, and revokes the old
token at once; a GET renews a token that has ended. Each sandbox has a storage account of its own.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.clock import iso, now
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.exchange import took_effect
from flow_service_emulator.gateway import admit
from flow_service_emulator.request import emulator_of

if TYPE_CHECKING:
    from starlette.requests import Request

DATABRICKS: Final = "dlz_databricks_source"
_USER: Final = "user_drop_zone"
_CONTAINERS: Final = {DATABRICKS: "dlz-databricks-container", _USER: "dlz-user-container"}
_DAY = 86_400_000


@dataclass(frozen=True)
class Token:
    """A SAS token; ``until`` is the beginning of the day of its expiry, in epoch milliseconds."""

    text: str
    until: int


class LandingZone:
    """The tokens that hold, by organization, sandbox and type; in memory: a new process makes new ones."""

    def __init__(self) -> None:
        """None yet."""
        self._tokens: dict[tuple[str, ...], Token] = {}

    def get(self, place: tuple[str, ...], days: int) -> tuple[Token, bool]:
        """Return the token of a place, and whether it is a new one in the place of one that has ended."""
        token = self._tokens.get(place)
        if token is not None and token.until > now():
            return token, False
        return self.renew(place, days), token is not None

    def find(self, place: tuple[str, ...]) -> Token | None:
        """Return the token of a place without renewing it; None if it has ended, or nobody has asked for one yet."""
        token = self._tokens.get(place)
        return token if token is not None and token.until > now() else None

    def renew(self, place: tuple[str, ...], days: int) -> Token:
        """Replace the token of a place by one that lives for so many days."""
        text = f"sv=2020-10-02&si=dlz-{uuid.uuid4()}&sr=c&sp=racwdlm&sig={secrets.token_hex(16)}%3D"
        self._tokens[place] = Token(text, (now() // _DAY + days) * _DAY)
        return self._tokens[place]

    def clear(self) -> None:
        """Forget all."""
        self._tokens.clear()


async def get_landing_zone(request: Request) -> Response:
    """The container of the Data Landing Zone, and how many days its files live (data-landing-zone.md)."""
    admit(request, emulator_of(request))
    if request.query_params.get("type") != _USER:
        raise FlowServiceError("CONNECTOR-1312-400", f"type must be {_USER}")
    return JSONResponse({"containerName": _CONTAINERS[_USER], "containerTTL": "7"})


async def get_credentials(request: Request) -> Response:
    """Return the credentials that hold; Adobe renews a token that has ended."""
    emulator, place = emulator_of(request), _place(request)
    token, is_renewed = emulator.landing_zone.get(place, int(emulator.switches["landing_zone_days"]))
    if is_renewed:
        took_effect(request, "landingzone")
    return _answer(place, token)


async def refresh_credentials(request: Request) -> Response:
    """Return new credentials; the old token is dead."""
    emulator, place = emulator_of(request), _place(request)
    if request.query_params.get("action") != "refresh":
        raise FlowServiceError("CONNECTOR-1703-400", "action must be refresh")
    token = emulator.landing_zone.renew(place, int(emulator.switches["landing_zone_days"]))
    took_effect(request, "landingzone")
    return _answer(place, token)


def _place(request: Request) -> tuple[str, ...]:
    caller = admit(request, emulator_of(request))
    kind = request.query_params.get("type", "")
    if kind not in _CONTAINERS:
        raise FlowServiceError("CONNECTOR-1312-400", f"type must be one of {', '.join(_CONTAINERS)}")
    return caller.org, caller.sandbox, kind


def get_storage(place: tuple[str, ...]) -> tuple[str, str]:
    """Return the container and the storage account of a place."""
    account = f"sndbxdtlnd{hashlib.sha256('/'.join(place).encode()).hexdigest()[:14]}"
    return _CONTAINERS[place[-1]], account


def _answer(place: tuple[str, ...], token: Token) -> Response:
    container, account = get_storage(place)
    body: dict[str, Any] = {
        "containerName": container,
        "SASToken": token.text,
        "storageAccountName": account,
        "SASUri": f"https://{account}.blob.core.windows.net/{container}?{token.text}",
        "expiryDate": iso(token.until)[:10],
    }
    return JSONResponse(body)


ROUTES = [
    Route("/credentials", get_credentials, methods=["GET"]),
    Route("/credentials", refresh_credentials, methods=["POST"]),
]
