"""The routes of landing zones.

Adobe: help/sources/connectors/databases/databricks.md; data-landing-zone.md. A refresh is a POST; a GET renews a token
that has expired.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.clock import format_iso
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.exchange import record_changed_entity
from flow_service_emulator.gateway import admit_caller
from flow_service_emulator.lake.landing_zone import CONTAINERS, USER, Place, SasToken, get_storage_names
from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request

_CHANGED = "landingzone"


async def get_landing_zone(request: Request) -> Response:
    """Return the container of the Data Landing Zone, and the number of days after which it deletes files."""
    admit_caller(request, get_emulator(request))
    if request.query_params.get("type") != USER:
        raise FlowServiceError("CONNECTOR-1312-400", f"type must be {USER}")
    return JSONResponse({"containerName": CONTAINERS[USER], "containerTTL": "7"})


async def get_credentials(request: Request) -> Response:
    """Return the valid credentials; Adobe renews a token that has expired."""
    emulator, place = get_emulator(request), _parse_zone_place(request)
    token, is_renewed = emulator.landing_zone.get(place, int(emulator.switches["landing_zone_days"]))
    if is_renewed:
        record_changed_entity(request, _CHANGED)
    return JSONResponse(_show_credentials(place, token))


async def refresh_credentials(request: Request) -> Response:
    """Return new credentials, and revoke the old token."""
    emulator, place = get_emulator(request), _parse_zone_place(request)
    if request.query_params.get("action") != "refresh":
        raise FlowServiceError("CONNECTOR-1703-400", "action must be refresh")
    token = emulator.landing_zone.renew(place, int(emulator.switches["landing_zone_days"]))
    record_changed_entity(request, _CHANGED)
    return JSONResponse(_show_credentials(place, token))


def _parse_zone_place(request: Request) -> Place:
    caller = admit_caller(request, get_emulator(request))
    type_ = request.query_params.get("type", "")
    if type_ not in CONTAINERS:
        raise FlowServiceError("CONNECTOR-1312-400", f"type must be one of {', '.join(CONTAINERS)}")
    return caller.org, caller.sandbox, type_


def _show_credentials(place: Place, token: SasToken) -> dict[str, Any]:
    container, account = get_storage_names(place)
    return {
        "containerName": container,
        "SASToken": token.text,
        "storageAccountName": account,
        "SASUri": f"https://{account}.blob.core.windows.net/{container}?{token.text}",
        "expiryDate": format_iso(token.until)[:10],
    }


ROUTES = [
    Route("/credentials", get_credentials, methods=["GET"]),
    Route("/credentials", refresh_credentials, methods=["POST"]),
]
