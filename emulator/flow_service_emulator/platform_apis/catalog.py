"""Catalog's datasets and the Schema Registry's schemas, as far as target connections refer to them.

Adobe: catalog.yaml (POST answers 201 with `["@/dataSets/{id}"]`), schema-registry.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.entities.entity import build_sandbox_id
from flow_service_emulator.errors import FlowServiceError, NotFoundError
from flow_service_emulator.exchange import record_changed_entity
from flow_service_emulator.gateway import admit_caller
from flow_service_emulator.json_values import get_member
from flow_service_emulator.platform_apis import catalog_query
from flow_service_emulator.request import get_emulator, read_json

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.gateway import Caller


_MAX_SCHEMAS: Final = 500


async def post_dataset(request: Request) -> Response:
    """Create a dataset; the response is a list with a reference."""
    emulator = get_emulator(request)
    caller, body = admit_caller(request, emulator), await read_json(request)
    schema = get_member(body, "schemaRef", "id")
    if not isinstance(schema, str) or emulator.lake.find_schema(schema, caller.org, caller.sandbox) is None:
        raise FlowServiceError("400", f"schemaRef.id names no schema: {schema}")
    id_ = emulator.lake.add_dataset(body, caller.org, caller.sandbox)
    record_changed_entity(request, id_)
    return JSONResponse([f"@/dataSets/{id_}"], 201, headers={"Location": f"{request.url.path}/{id_}"})


async def get_datasets(request: Request) -> Response:
    """Return a page of the datasets as an object, by id; see `catalog_query` for the query."""
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    datasets = emulator.lake.list_datasets(caller.org, caller.sandbox)
    shown = {id_: _show_dataset(dataset, caller) for id_, dataset in datasets.items()}
    return JSONResponse(catalog_query.select_page(shown, request.query_params))


async def get_dataset(request: Request) -> Response:
    """Return an object with the dataset as its one member."""
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    id_ = request.path_params["id"]
    dataset = emulator.lake.find_dataset(id_, caller.org, caller.sandbox)
    if dataset is None:
        raise NotFoundError("dataSets", id_)
    return JSONResponse({id_: _show_dataset(dataset, caller)})


def _show_dataset(dataset: dict[str, Any], caller: Caller) -> dict[str, Any]:
    """Return a dataset with the members that Catalog itself adds (catalog.yaml)."""
    added = {
        "version": "1.0.0",
        "imsOrg": caller.org,
        "sandboxId": build_sandbox_id(caller.org, caller.sandbox),
        "classification": {"dataBehavior": "record", "managedBy": "CUSTOMER"},
    }
    return {**added, **dataset}


async def delete_dataset(request: Request) -> Response:
    """Delete a dataset and its rows; the response is a list with its reference."""
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    id_ = request.path_params["id"]
    if emulator.lake.find_dataset(id_, caller.org, caller.sandbox) is None:
        raise NotFoundError("dataSets", id_)
    emulator.lake.remove_dataset(id_, caller.org, caller.sandbox)
    record_changed_entity(request, id_)
    return JSONResponse([f"@/dataSets/{id_}"])


async def post_schema(request: Request) -> Response:
    """Create a schema; the response is the schema with its new `$id`."""
    emulator = get_emulator(request)
    caller, body = admit_caller(request, emulator), await read_json(request)
    if not isinstance(body, dict) or not isinstance(body.get("title"), str):
        raise FlowServiceError("400", "a schema has a title")
    if not isinstance(body.get("properties", {}), dict):
        raise FlowServiceError("400", "properties must be an object")
    id_ = emulator.lake.add_schema(body, caller.org, caller.sandbox)
    record_changed_entity(request, id_)
    return JSONResponse(_show_schema({**body, "$id": id_}), 201)


async def get_schemas(request: Request) -> Response:
    """Return the schemas in short: all of them or, with `orderby=title`, a page of `limit` from the title `start` on.

    Adobe: schema-registry.yaml: `limit` and `start` count only with `orderby`; a page has the titles after `start`.
    """
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    query = request.query_params
    schemas = [_show_schema(schema) for schema in emulator.lake.list_schemas(caller.org, caller.sandbox).values()]
    is_last = True
    if query.get("orderby") == "title":
        limit = catalog_query.parse_number(query.get("limit", str(_MAX_SCHEMAS)), "limit", 0, _MAX_SCHEMAS)
        following = [schema for schema in schemas if "start" not in query or str(schema["title"]) > query["start"]]
        schemas = sorted(following, key=lambda schema: str(schema["title"]))[:limit]
        is_last = len(schemas) == len(following)
    names = ("$id", "meta:altId", "version", "title")
    results = [{name: schema.get(name) for name in names} for schema in schemas]
    next_start = schemas[-1]["title"] if schemas and not is_last else None
    page = {"orderby": query.get("orderby"), "next": next_start, "count": len(results)}
    return JSONResponse({"results": results, "_page": page, "_links": {}})


async def get_schema(request: Request) -> Response:
    """Return the whole JSON Schema; the path has the `$id`, URL-encoded, or the `meta:altId`."""
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    id_ = request.path_params["id"]
    for schema in map(_show_schema, emulator.lake.list_schemas(caller.org, caller.sandbox).values()):
        if id_ in {schema["$id"], schema["meta:altId"]}:
            return JSONResponse(schema)
    raise NotFoundError("schemas", id_)


def _show_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with what the registry adds: the short id is `_<tenant>.schemas.<the last part>` (schemas.md)."""
    tenant, _, last = str(schema["$id"]).removeprefix("https://ns.adobe.com/").partition("/schemas/")
    added = {"meta:altId": f"_{tenant}.schemas.{last}", "meta:resourceType": "schemas", "version": "1.0"}
    return {**added, **schema}


async def post_descriptor(request: Request) -> Response:
    """Create a descriptor (Adobe: descriptors.md; schema-registry.yaml)."""
    emulator = get_emulator(request)
    caller, body = admit_caller(request, emulator), await read_json(request)
    names = ("@type", "xdm:sourceSchema")
    if not isinstance(body, dict) or not all(isinstance(body.get(name), str) for name in names):
        raise FlowServiceError("400", "a descriptor has an @type and an xdm:sourceSchema")
    if emulator.lake.find_schema(body["xdm:sourceSchema"], caller.org, caller.sandbox) is None:
        raise NotFoundError("schemas", body["xdm:sourceSchema"])
    stored = emulator.lake.add_descriptor(body, caller.org, caller.sandbox)
    record_changed_entity(request, stored["@id"])
    return JSONResponse(stored, 201)


async def get_descriptors(request: Request) -> Response:
    """Return the descriptors, one list for each type; `property=xdm:sourceSchema==<$id>` selects those of a schema."""
    emulator = get_emulator(request)
    caller = admit_caller(request, emulator)
    if not request.headers.get("Accept", "").startswith("application/vnd.adobe.xdm"):
        raise FlowServiceError("XDM-1006-400", "the Accept header must be one of application/vnd.adobe.xdm…")
    name, _, value = request.query_params.get("property", "").partition("==")
    lists: dict[str, list[dict[str, Any]]] = {}
    for descriptor in emulator.lake.list_descriptors(caller.org, caller.sandbox):
        if not name or descriptor.get(name) == value:
            lists.setdefault(descriptor["@type"], []).append(descriptor)
    return JSONResponse(lists)


DATASET_ROUTES = [
    Route("/dataSets", post_dataset, methods=["POST"]),
    Route("/dataSets", get_datasets, methods=["GET"]),
    Route("/dataSets/{id}", get_dataset, methods=["GET"]),
    Route("/dataSets/{id}", delete_dataset, methods=["DELETE"]),
]
SCHEMA_ROUTES = [
    Route("/tenant/descriptors", post_descriptor, methods=["POST"]),
    Route("/tenant/descriptors", get_descriptors, methods=["GET"]),
    Route("/tenant/schemas", post_schema, methods=["POST"]),
    Route("/tenant/schemas", get_schemas, methods=["GET"]),
    Route("/tenant/schemas/{id:path}", get_schema, methods=["GET"]),
]
