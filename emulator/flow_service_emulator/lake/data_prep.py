"""Data Prep's mapping sets.

Adobe: data-prep.yaml: POST answers 200, there is no DELETE; crm.md for the body.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.clock import now
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.exchange import took_effect
from flow_service_emulator.gateway import admit
from flow_service_emulator.lake.lake import paths_of
from flow_service_emulator.request import emulator_of, json_body

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.gateway import Caller


async def post_mapping_set(request: Request) -> Response:
    """200 with the id, 32 hex digits, and the version."""
    emulator = emulator_of(request)
    caller, body = admit(request, emulator), await json_body(request)
    _check(emulator, caller, body)
    return _kept(request, emulator, caller, {**body, "id": uuid.uuid4().hex, "version": 0, "createdDate": now()})


async def put_mapping_set(request: Request) -> Response:
    """The next version of one."""
    emulator = emulator_of(request)
    caller, body = admit(request, emulator), await json_body(request)
    known = _known(request, emulator, caller)
    _check(emulator, caller, body)
    version = int(known["version"]) + 1
    return _kept(request, emulator, caller, {**known, **body, "id": known["id"], "version": version})


async def get_mapping_set(request: Request) -> Response:
    """One, bare: Data Prep is another service than Flow Service."""
    emulator = emulator_of(request)
    return JSONResponse(_known(request, emulator, admit(request, emulator)))


def _known(request: Request, emulator: Emulator, caller: Caller) -> dict[str, Any]:
    found = emulator.lake.mapping_set(request.path_params["id"], caller.org, caller.sandbox)
    if found is None:
        raise NotFoundError("mappingSets", request.path_params["id"])
    return found


def _kept(request: Request, emulator: Emulator, caller: Caller, body: dict[str, Any]) -> Response:
    stamped = {
        **body,
        "modifiedDate": now(),
        "createdBy": body.get("createdBy", caller.user),
        "modifiedBy": caller.user,
    }
    emulator.lake.put_mapping_set(stamped, caller.org, caller.sandbox)
    took_effect(request, stamped["id"])
    shown = ("id", "version", "createdDate", "modifiedDate", "createdBy", "modifiedBy")
    return JSONResponse({name: stamped[name] for name in shown})


def _check(emulator: Emulator, caller: Caller, body: Any) -> None:
    mappings = body.get("mappings") if isinstance(body, dict) else None
    if not isinstance(mappings, list) or not all(isinstance(each, dict) for each in mappings):
        raise FlowServiceError("400", "mappings must be a list of objects")
    for name in ("sourceAttribute", "destinationXdmPath"):
        if not all(isinstance(each.get(name), str) and each[name] for each in mappings):
            raise FlowServiceError("400", f"each mapping needs a {name}")
    paths = [each["destinationXdmPath"] for each in mappings]
    _check_paths(paths)
    schema = emulator.lake.schema(body.get("xdmSchema"), caller.org, caller.sandbox) or {}
    known = paths_of(schema)
    # A schema that is put together from others ("allOf") does not tell its own paths.
    unknown = [path for path in paths if known and "allOf" not in schema and path not in known]
    if unknown:
        raise FlowServiceError("400", f"destinationXdmPath not found in the schema: {unknown}")


def _check_paths(paths: list[str]) -> None:
    doubled = sorted({path for path in paths if paths.count(path) > 1})
    if doubled:
        raise FlowServiceError("400", f"two mappings have the same destinationXdmPath: {doubled}")
    around = sorted({path for path in paths for other in paths if other.startswith(f"{path}.")})
    if around:
        raise FlowServiceError("400", f"a mapping fills what is inside another's destinationXdmPath: {around}")


ROUTES = [
    Route("/mappingSets", post_mapping_set, methods=["POST"]),
    Route("/mappingSets/{id}", get_mapping_set, methods=["GET"]),
    Route("/mappingSets/{id}", put_mapping_set, methods=["PUT"]),
]
