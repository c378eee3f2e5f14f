"""Adobe's `/connections` over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from flow_service_emulator import sealing
from flow_service_emulator.connections import create, update
from flow_service_emulator.connections.base_connections import entity
from flow_service_emulator.connections.explore import explored, source_of
from flow_service_emulator.entities import listing, search, states
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.exchange import took_effect
from flow_service_emulator.gateway import admit
from flow_service_emulator.request import emulator_of, json_body

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.connections.base_connections import Connection
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.gateway import Caller


async def post_connection(request: Request) -> Response:
    """201 with id and etag; `?mode=draft` makes a draft."""
    emulator = emulator_of(request)
    caller, body = admit(request, emulator), await json_body(request)
    draft = request.query_params.get("mode") == "draft"
    connection = create.create(body, caller, emulator.connections, emulator.switches, draft=draft)
    took_effect(request, connection.id)
    location = f"{request.url.path}/{connection.id}"
    return JSONResponse(connection.receipt(), 201, headers={"Location": location})


async def get_connections(request: Request) -> Response:
    """A page of the sandbox's connections, or how many there are."""
    return JSONResponse(_listed(request, request.query_params.multi_items()))


async def search_connections(request: Request) -> Response:
    """The same, asked for in the body."""
    admit(request, emulator_of(request))
    body = await json_body(request)
    pairs = search.pairs_of(body, request.query_params.get("continuationToken"))
    return JSONResponse(search.projected(_listed(request, pairs), body))


def _listed(request: Request, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    emulator = emulator_of(request)
    caller = admit(request, emulator)
    connections = emulator.connections.of_sandbox(caller.org, caller.sandbox)
    for connection in connections:
        if states.settle(connection, read=False):
            emulator.connections.save(connection)
    entities = [entity(connection, emulator.switches) for connection in connections]
    return listing.answer_as(emulator.switches, "/connections", pairs, entities)


async def get_connection(request: Request) -> Response:
    """Adobe answers one connection as a list of one."""
    emulator, _, connection = _asked_for(request, read=True)
    return JSONResponse({"items": [entity(connection, emulator.switches)]})


async def patch_connection(request: Request) -> Response:
    """200 with id and the new etag."""
    emulator, caller, connection = _asked_for(request)
    body = await json_body(request)
    update.check_etag(connection, request.headers.get("if-match"), emulator.switches)
    update.update(connection, body, emulator.switches)
    connection.written_by(caller.user, caller.client_id)
    states.begin_update(connection, emulator.switches)
    emulator.connections.save(connection)
    took_effect(request, connection.id)
    return JSONResponse(connection.receipt())


async def delete_connection(request: Request) -> Response:
    """204 and no body; destinations.yaml says 202, hence the switch."""
    emulator, caller, connection = _asked_for(request)
    states.check_not_at_work(connection, emulator.switches)
    _check_free(emulator, connection)
    connection.written_by(caller.user, caller.client_id)
    emulator.connections.remove(connection)
    took_effect(request, connection.id)
    return Response(status_code=int(emulator.switches["delete_status"]))


async def test_connection(request: Request) -> Response:
    """Whether the source lets these credentials in."""
    emulator, _, connection = _asked_for(request)
    wanted = emulator.switches["test_result"]
    result = sealing.works(connection.params) if wanted == "auto" else wanted == "true"
    return JSONResponse({"result": result})


async def explore_connection(request: Request) -> Response:
    """The tables of the source, or the columns of one."""
    emulator, caller, connection = _asked_for(request)
    if not sealing.works(connection.params):
        raise create.rejected_credentials()
    emulator.scenario.check_permission(connection.params, caller.client_id)
    return JSONResponse(explored(source_of(emulator, connection), request.query_params))


async def get_configs(request: Request) -> Response:
    """Adobe: flow-service.yaml says no more than that it is a list: here an empty one."""
    _asked_for(request)
    return JSONResponse([])


async def act_on_connection(request: Request) -> Response:
    """`op=publish` ends a draft; Adobe: draft.md has it in the query, flow-service.yaml upper-case in the body."""
    emulator, caller, connection = _asked_for(request)
    body = await json_body(request)
    action = request.query_params.get("op") or (body.get("op") if isinstance(body, dict) else None)
    if str(action).lower() != "publish":
        raise FlowServiceError("1422-400", f"action [{action}] is not applicable")
    if connection.state != states.DRAFT:
        raise FlowServiceError("1421-400", f"state [{connection.state}] cannot be published")
    connection.state = emulator.switches["final_state"]
    connection.written_by(caller.user, caller.client_id)
    emulator.connections.save(connection)
    took_effect(request, connection.id)
    return JSONResponse(connection.receipt())


def _check_free(emulator: Emulator, connection: Connection) -> None:
    """Adobe: "Flow Service error codes", 1418; what becomes of source connections without a flow nobody documents."""
    used = {
        source.id
        for source in emulator.stores["sourceConnections"].all()
        if source.declared.get("baseConnectionId") == connection.id
    }
    flows = [
        flow.id
        for flow in emulator.stores["flows"].all()
        if any(id_ in used for id_ in flow.declared.get("sourceConnectionIds") or [])
    ]
    if flows:
        raise FlowServiceError("1418-400", f"connection [{connection.id}] is in use by the flows {flows}")


def _asked_for(request: Request, *, read: bool = False) -> tuple[Emulator, Caller, Connection]:
    """The connection of the path, for a caller who may see it; ``read`` counts for the service's work."""
    emulator = emulator_of(request)
    caller = admit(request, emulator)
    connection = emulator.connections.get(request.path_params["id"], caller.org, caller.sandbox)
    if states.settle(connection, read=read):
        emulator.connections.save(connection)
    return emulator, caller, connection
