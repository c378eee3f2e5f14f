"""The credentials of a landing zone: the storage through which Databricks hands its data over.

Adobe: help/sources/connectors/databases/databricks.md; refresh is a POST, and revokes the old ones.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.clock import iso, now
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.exchange import took_effect
from flow_service_emulator.gateway import admit
from flow_service_emulator.request import emulator_of

if TYPE_CHECKING:
    from starlette.requests import Request

_TYPES = ("user_drop_zone", "dlz_databricks_source")
_LIFE = 90 * 86_400_000
_ACCOUNT = "sndbxdtlndemulator"
_USER_CONTAINER = "dlz-user-container"


class LandingZone:
    """The tokens that hold, by organization, sandbox and type; in memory: a new process makes new ones."""

    def __init__(self) -> None:
        """None yet."""
        self._known: dict[tuple[str, ...], tuple[str, int]] = {}

    def credentials(self, place: tuple[str, ...], *, refresh: bool) -> dict[str, Any]:
        """Those of a place; an expired token is renewed."""
        token, until = self._known.get(place, ("", 0))
        if refresh or until <= now():
            token, until = f"sv=2020-10-02&sig={secrets.token_hex(16)}", now() + _LIFE
            self._known[place] = token, until
        named = place[-1].replace("_", "-").removesuffix("-source") + "-container"
        container = _USER_CONTAINER if place[-1] == "user_drop_zone" else named
        return {
            "containerName": container,
            "SASToken": token,
            "storageAccountName": _ACCOUNT,
            "SASUri": f"https://{_ACCOUNT}.blob.core.windows.net/{container}?{token}",
            "expiryDate": iso(until)[:10],
        }

    def clear(self) -> None:
        """Forget all."""
        self._known.clear()


async def get_landing_zone(request: Request) -> Response:
    """The container of the Data Landing Zone, and how many days its files live (data-landing-zone.md)."""
    admit(request, emulator_of(request))
    if request.query_params.get("type") != "user_drop_zone":
        raise FlowServiceError("CONNECTOR-1312-400", "type must be user_drop_zone")
    return JSONResponse({"containerName": _USER_CONTAINER, "containerTTL": "7"})


async def get_credentials(request: Request) -> Response:
    """Those that hold."""
    return JSONResponse(_credentials(request, refresh=False))


async def refresh_credentials(request: Request) -> Response:
    """New ones."""
    if request.query_params.get("action") != "refresh":
        raise FlowServiceError("CONNECTOR-1703-400", "action must be refresh")
    fresh = _credentials(request, refresh=True)
    took_effect(request, "landingzone")
    return JSONResponse(fresh)


def _credentials(request: Request, *, refresh: bool) -> dict[str, Any]:
    emulator = emulator_of(request)
    caller = admit(request, emulator)
    kind = request.query_params.get("type", "")
    if kind not in _TYPES:
        raise FlowServiceError("CONNECTOR-1312-400", f"type must be one of {', '.join(_TYPES)}")
    return emulator.landing_zone.credentials((caller.org, caller.sandbox, kind), refresh=refresh)


ROUTES = [
    Route("/credentials", get_credentials, methods=["GET"]),
    Route("/credentials", refresh_credentials, methods=["POST"]),
]
