"""The routes of the control paths: they need no token, and answer this machine only."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.control import bodies, clock, entities, foreign
from flow_service_emulator.errors import ControlError
from flow_service_emulator.faults import Fault
from flow_service_emulator.json_values import ObjectSchema
from flow_service_emulator.options import format_path
from flow_service_emulator.request import get_emulator, read_control_body
from flow_service_emulator.workspace.scenario import parse_scenario

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator

Control = Callable[["Emulator", dict[str, Any]], Any]


def _show_health(emulator: Emulator, _: dict[str, Any]) -> Any:
    return {"service": "flow-service-emulator", "pid": os.getpid(), "data": format_path(emulator.options.data)}


def _reset(emulator: Emulator, _: dict[str, Any]) -> Any:
    emulator.reset()
    return {"reset": True}


def _list_journal(emulator: Emulator, _: dict[str, Any]) -> Any:
    return emulator.journal.list_entries()


def _clear_journal(emulator: Emulator, _: dict[str, Any]) -> Any:
    emulator.journal.clear()
    return []


def _list_faults(emulator: Emulator, _: dict[str, Any]) -> Any:
    return emulator.faults.all()


def _add_fault(emulator: Emulator, body: dict[str, Any]) -> Any:
    emulator.faults.add(Fault.from_json(body))
    return emulator.faults.all()


def _clear_faults(emulator: Emulator, _: dict[str, Any]) -> Any:
    emulator.faults.clear()
    return []


def _show_switches(emulator: Emulator, _: dict[str, Any]) -> Any:
    return emulator.switches.all()


def _set_switches(emulator: Emulator, body: dict[str, Any]) -> Any:
    emulator.switches.set(body)
    return emulator.switches.all()


def _set_scenario(emulator: Emulator, body: dict[str, Any]) -> Any:
    emulator.scenario_override = parse_scenario(body)
    return body


def _expire_tokens(emulator: Emulator, _: dict[str, Any]) -> Any:
    return {"expired": emulator.tokens.expire_all()}


def _build_route(method: str, path: str, control: Control, shape: ObjectSchema = bodies.NOTHING) -> Route:
    return Route(path, _build_handler(control, shape), methods=[method])


def _build_handler(control: Control, shape: ObjectSchema) -> Callable[[Request], Awaitable[Response]]:
    async def handle_control_request(request: Request) -> Response:
        body = await read_control_body(request)
        try:
            shape.check(body, "the body")
            return JSONResponse(control(get_emulator(request), body))
        except KeyError as error:
            raise ControlError(f"there is no {error.args[0]!r}") from None
        except (ValueError, TypeError) as error:
            raise ControlError(str(error)) from None

    return handle_control_request


CONTROL_ROUTES = [
    _build_route("GET", "/health", _show_health),
    _build_route("POST", "/reset", _reset),
    _build_route("GET", "/journal", _list_journal),
    _build_route("DELETE", "/journal", _clear_journal),
    _build_route("GET", "/faults", _list_faults),
    _build_route("POST", "/faults", _add_fault, bodies.ANYTHING),
    _build_route("DELETE", "/faults", _clear_faults),
    _build_route("GET", "/switches", _show_switches),
    _build_route("POST", "/switches", _set_switches, bodies.ANYTHING),
    _build_route("POST", "/scenario", _set_scenario, bodies.ANYTHING),
    _build_route("POST", "/tokens/expire", _expire_tokens),
    _build_route("GET", "/clock", clock.show_clock),
    _build_route("POST", "/clock", clock.set_clock, bodies.CLOCK),
    _build_route("GET", "/connections", entities.list_connections),
    _build_route("GET", "/entities", entities.list_entities),
    _build_route("POST", "/entities", entities.load_entities, bodies.ENTITIES),
    _build_route("POST", "/rows", clock.list_dataset_rows, bodies.ROWS),
    _build_route("POST", "/foreign-edit", foreign.edit_entity, bodies.EDIT),
    _build_route("POST", "/foreign-create", foreign.create_connection, bodies.CREATE),
    _build_route("POST", "/foreign-delete", foreign.delete_entity, bodies.DELETE),
]
