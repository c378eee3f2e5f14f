"""Data Prep's mapping sets.

Adobe: data-prep.yaml: POST answers 200, there is no DELETE; "Mapping sets endpoint" for validate and preview.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.clock import now
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.exchange import record_changed_entity
from flow_service_emulator.gateway import admit_caller
from flow_service_emulator.lake import mapping_paths, mappings, schema_paths
from flow_service_emulator.request import get_emulator, read_json

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.gateway import Caller

_DIGITS = 10
_SUMMARY = ("id", "version", "createdDate", "modifiedDate", "createdBy", "modifiedBy")


async def post_mapping_set(request: Request) -> Response:
    """Create a mapping set; the response has its id, 32 hex digits, and its version."""
    emulator = get_emulator(request)
    caller, body = admit_caller(request, emulator), await read_json(request)
    _check_mappings(emulator, caller, body)
    stored = _store_mapping_set(
        request, emulator, caller, {**body, "id": uuid.uuid4().hex, "version": 0, "createdDate": now()}
    )
    return JSONResponse({name: stored[name] for name in _SUMMARY})


async def put_mapping_set(request: Request) -> Response:
    """Store the next version of a mapping set, whole."""
    emulator = get_emulator(request)
    caller, body = admit_caller(request, emulator), await read_json(request)
    old = _get_mapping_set(request, emulator, caller)
    _check_mappings(emulator, caller, body)
    stamps = {name: old[name] for name in ("id", "createdDate", "createdBy") if name in old}
    changed = {**body, **stamps, "version": int(old["version"]) + 1}
    return JSONResponse(_show_mapping_set(_store_mapping_set(request, emulator, caller, changed)))


async def get_mapping_sets(request: Request) -> Response:
    """Return a page; `limit` and `start` are required."""
    emulator = get_emulator(request)
    caller, query = admit_caller(request, emulator), request.query_params
    limit, start = query.get("limit", ""), query.get("start", "")
    if not all(number.isascii() and number.isdecimal() and len(number) < _DIGITS for number in (limit, start)):
        raise FlowServiceError("400", "limit and start must be whole numbers")
    place = (caller.org, caller.sandbox)
    mapping_sets = [
        mapping_set
        for mapping_set in emulator.lake.list_all_mapping_sets()
        if (mapping_set["imsOrgId"], mapping_set["sandboxName"]) == place
    ]
    if "name" in query:
        mapping_sets = [mapping_set for mapping_set in mapping_sets if mapping_set.get("name") == query["name"]]
    mapping_sets.sort(
        key=lambda mapping_set: mapping_set.get("createdDate", 0), reverse=query.get("orderBy", "").startswith("-")
    )
    page = [_show_mapping_set(mapping_set) for mapping_set in mapping_sets[int(start) : int(start) + int(limit)]]
    return JSONResponse({"data": page, "_page": {"count": len(page), "limit": int(limit)}, "_links": {}})


async def get_mapping_set(request: Request) -> Response:
    """Return one mapping set, without a list around it: Data Prep is another service than Flow Service."""
    emulator = get_emulator(request)
    return JSONResponse(_show_mapping_set(_get_mapping_set(request, emulator, admit_caller(request, emulator))))


async def get_mappings(request: Request) -> Response:
    """Return the mappings of a set, or one of them."""
    emulator = get_emulator(request)
    shown_mappings = _show_mapping_set(_get_mapping_set(request, emulator, admit_caller(request, emulator)))["mappings"]
    id_ = request.path_params.get("mapping")
    if id_ is None:
        return JSONResponse(
            {
                "data": shown_mappings,
                "_page": {"count": len(shown_mappings), "limit": len(shown_mappings)},
                "_links": {},
            }
        )
    for mapping in shown_mappings:
        if mapping["id"] == id_:
            return JSONResponse(mapping)
    raise NotFoundError("mappings", id_)


async def validate_mapping_set(request: Request) -> Response:
    """Return a result for each mapping, in order; nothing is stored."""
    emulator = get_emulator(request)
    caller, body = admit_caller(request, emulator), await read_json(request)
    entries = _parse_entries(body)
    problems = _list_problems(emulator, caller, body, entries)
    results = [
        {"status": "FAILED", "errors": [entry.build_failure(problem)]}
        if problem
        else {"status": "SUCCESS", "errors": None}
        for entry, problem in zip(entries, map(_find_first_problem, problems, entries), strict=True)
    ]
    return JSONResponse({"validationResponse": results})


async def preview_mapping_set(request: Request) -> Response:
    """Return the mapped rows; nothing is stored."""
    emulator = get_emulator(request)
    caller, body = admit_caller(request, emulator), await read_json(request)
    if not isinstance(body, dict):
        raise FlowServiceError("400", "the body must be an object")
    _check_mappings(emulator, caller, body.get("mappingSet"))
    rows = body.get("data")
    rows = rows if isinstance(rows, list) else [rows]
    if not all(isinstance(row, dict) for row in rows):
        raise FlowServiceError("400", "data must be a list of objects")
    results = [mappings.map_row(row, _parse_entries(body["mappingSet"])) for row in rows]
    return JSONResponse([{"data": data, "errors": failures or None} for data, failures in results])


def _get_mapping_set(request: Request, emulator: Emulator, caller: Caller) -> dict[str, Any]:
    mapping_set = emulator.lake.find_mapping_set(request.path_params["id"], caller.org, caller.sandbox)
    if mapping_set is None:
        raise NotFoundError("mappingSets", request.path_params["id"])
    return mapping_set


def _store_mapping_set(request: Request, emulator: Emulator, caller: Caller, body: dict[str, Any]) -> dict[str, Any]:
    stamped = {
        **body,
        "modifiedDate": now(),
        "createdBy": body.get("createdBy", caller.user),
        "modifiedBy": caller.user,
    }
    emulator.lake.put_mapping_set(stamped, caller.org, caller.sandbox)
    record_changed_entity(request, stamped["id"])
    return stamped


def _show_mapping_set(mapping_set: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping set as Data Prep shows it: each mapping under both names, with a stable id."""
    stored_mappings = mapping_set.get("mappings")
    shown = [
        mappings.show_mapping(
            mapping, hashlib.md5(f"{mapping_set['id']}/{index}".encode(), usedforsecurity=False).hexdigest()
        )
        for index, mapping in enumerate(stored_mappings if isinstance(stored_mappings, list) else [])
    ]
    members = {name: value for name, value in mapping_set.items() if name not in ("imsOrgId", "sandboxName")}
    return {"allowNullValues": False, "status": "PUBLISHED", "supportVersion": "1.1", **members, "mappings": shown}


def _parse_entries(body: Any) -> list[mappings.MappingEntry]:
    stored_mappings = body.get("mappings") if isinstance(body, dict) else None
    if not isinstance(stored_mappings, list) or not all(isinstance(mapping, dict) for mapping in stored_mappings):
        raise FlowServiceError("400", "mappings must be a list of objects")
    return mappings.parse_entries(body)


def _check_mappings(emulator: Emulator, caller: Caller, body: Any) -> None:
    entries = _parse_entries(body)
    for entry, problem in zip(entries, _list_problems(emulator, caller, body, entries), strict=True):
        if problem:
            raise FlowServiceError("400", f"mapping of [{entry.source}] to [{entry.destination}]: {problem}")


def _list_problems(emulator: Emulator, caller: Caller, body: Any, entries: list[mappings.MappingEntry]) -> list[str]:
    """Return the problem of each mapping, without those of calculated fields."""
    schema = emulator.lake.find_schema(mappings.get_schema_id(body), caller.org, caller.sandbox) or {}
    allow_map_keys = emulator.switches["map_keys"] == "accepted"
    destinations: set[str] = set()
    problems: list[str] = []
    for entry in entries:
        problem = entry.find_problem()
        if not problem and entry.destination in destinations:
            problem = "two mappings have the same destination"
        if not problem:
            path = mapping_paths.parse_path(entry.destination)
            problem = schema_paths.find_path_problem(schema, path, allow_map_keys=allow_map_keys)
        destinations.add(entry.destination)
        problems.append(problem)
    return problems


def _find_first_problem(problem: str, entry: mappings.MappingEntry) -> str:
    return problem or entry.find_expression_problem()


ROUTES = [
    Route("/mappingSets", post_mapping_set, methods=["POST"]),
    Route("/mappingSets", get_mapping_sets, methods=["GET"]),
    Route("/mappingSets/validate", validate_mapping_set, methods=["POST"]),
    Route("/mappingSets/preview", preview_mapping_set, methods=["POST"]),
    Route("/mappingSets/{id}", get_mapping_set, methods=["GET"]),
    Route("/mappingSets/{id}", put_mapping_set, methods=["PUT"]),
    Route("/mappingSets/{id}/mappings", get_mappings, methods=["GET"]),
    Route("/mappingSets/{id}/mappings/{mapping}", get_mappings, methods=["GET"]),
]
