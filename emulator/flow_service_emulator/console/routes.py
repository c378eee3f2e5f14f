"""The routes of the console: `/` and the paths below `/console`, for this machine only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from flow_service_emulator.console import (
    actions,
    assets,
    connection_views,
    dataflow_views,
    dataset_views,
    journal_views,
    page,
)
from flow_service_emulator.console.fault_page import render_fault_page
from flow_service_emulator.console.places import Place, count_entities
from flow_service_emulator.dataflows import scheduler
from flow_service_emulator.dataflows.flows import list_linked_connections
from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request

Handler = Callable[["Request"], Awaitable[Response]]
_LATEST_REQUESTS, _MAX_SHOWN, _MAX_RUNS = 8, 200, 50
_MAX_NUMBER = 2**62
_NOT_FOUND = 404


async def show_overview(request: Request) -> Response:
    """Show the connections and dataflows of all sandboxes or of one, after making the runs that are due."""
    emulator, place = get_emulator(request), Place.from_query(request.query_params)
    scheduler.update_runs(emulator)
    connection_views.end_work_on_connections(emulator)
    sought = request.query_params.get("text", "").strip()
    connections = connection_views.list_connection_views(emulator, place, sought)
    flows = dataflow_views.list_flow_views(emulator, place, sought)
    newest = emulator.journal.list_newest(
        journal_views.parse_query({"org": place.org, "sandbox": place.sandbox}), _LATEST_REQUESTS
    )
    return page.render_page(
        request,
        "Overview",
        "overview.html",
        places=count_entities(emulator),
        chosen=place,
        sought=sought,
        connections=connections[:_MAX_SHOWN],
        connection_count=len(connections),
        flows=flows[:_MAX_SHOWN],
        flow_count=len(flows),
        requests=journal_views.build_request_views(newest),
        client=next(iter(emulator.options.clients)),
        address=str(request.base_url).rstrip("/"),
    )


async def redirect_home(_request: Request) -> Response:
    """Redirect to the overview."""
    return RedirectResponse("/")


async def show_connection(request: Request) -> Response:
    """Show a connection, its history, its dependents and the requests about it; also after its deletion."""
    emulator, id_ = get_emulator(request), request.path_params["id"]
    scheduler.update_runs(emulator)
    connection_views.end_work_on_connections(emulator)
    entity, history = emulator.connections.find(id_), emulator.connections.history.list_versions(id_)
    if entity is None and not history:
        return render_not_found(request, f"No connection has the id {id_}.")
    view = connection_views.build_connection_view(emulator, entity) if entity else None
    title = view.name if view else history[0].name or id_
    return page.render_page(
        request,
        title,
        "connection.html",
        id=id_,
        view=view,
        history=history,
        used_by=connection_views.list_dependents(emulator, id_),
        table=dataflow_views.get_table_name,
        requests=journal_views.list_requests_about_entity(emulator, id_),
    )


async def show_dataflow(request: Request) -> Response:
    """Show a dataflow from its source to its dataset, its runs and the requests about it."""
    emulator, id_ = get_emulator(request), request.path_params["id"]
    scheduler.update_runs(emulator)
    flow = emulator.stores["flows"].find(id_)
    if flow is None:
        return render_not_found(request, f"No dataflow has the id {id_}.")
    view, runs = dataflow_views.build_flow_view(emulator, flow), dataflow_views.list_run_views(emulator, id_)
    sources = list_linked_connections(emulator, flow, "sourceConnections")
    bases = [emulator.connections.find(str(source.declared.get("baseConnectionId"))) for source in sources]
    return page.render_page(
        request,
        view.name,
        "dataflow.html",
        view=view,
        flow=flow,
        bases=[connection_views.build_connection_view(emulator, source) for source in bases if source],
        mappings=dataflow_views.list_mappings(emulator, flow),
        runs=runs[:_MAX_RUNS],
        run_count=len(runs),
        requests=journal_views.list_requests_about_entity(emulator, id_),
    )


async def show_dataset(request: Request) -> Response:
    """Show a dataset of a sandbox with its newest rows, and the dataflows that write to it."""
    emulator, id_, place = get_emulator(request), request.path_params["id"], Place.from_query(request.query_params)
    scheduler.update_runs(emulator)
    view = dataset_views.find_view(emulator, id_, place)
    if view is None:
        return render_not_found(request, f"This sandbox has no dataset with the id {id_}.")
    flows = dataset_views.list_flows(emulator, id_, place)
    flow_views = [dataflow_views.build_flow_view(emulator, flow) for flow in flows]
    return page.render_page(request, view.name, "dataset.html", view=view, flows=flow_views)


async def show_journal(request: Request) -> Response:
    """Show a page of the requests, the newest first."""
    emulator, query = get_emulator(request), request.query_params
    journal_query = journal_views.parse_query(query)
    before = _parse_number(query.get("before", "")) or _MAX_NUMBER
    entries = emulator.journal.list_newest(journal_query, journal_views.PAGE + 1, before)
    views = journal_views.build_request_views(entries[: journal_views.PAGE])
    return page.render_page(
        request,
        "Journal",
        "journal.html",
        requests=views,
        journal_query=journal_query,
        older=views[-1].number if len(entries) > journal_views.PAGE else None,
        is_newest=before == _MAX_NUMBER,
        places=count_entities(emulator),
        methods=journal_views.METHODS,
        only=journal_views.ONLY,
    )


async def show_journal_entry(request: Request) -> Response:
    """Show one request with all that the journal has of it."""
    number = _parse_number(request.path_params["number"])
    entry = get_emulator(request).journal.get(number) if number else None
    if entry is None:
        return render_not_found(request, f"The journal has no request {request.path_params['number']}.")
    view = journal_views.RequestView(number, journal_views.show_journal_entry_without_secrets(entry))
    return page.render_page(request, f"{entry['method']} {view.path}", "request.html", view=view, Place=Place)


async def show_faults(request: Request) -> Response:
    """Show the waiting faults and the form."""
    return render_fault_page(request, {"path": "/connections"})


async def get_asset(request: Request) -> Response:
    """Return the style, the script or the icon."""
    name = request.path_params["name"]
    return (
        assets.build_asset_response(name, request.url.query)
        if name in assets.TYPES
        else await show_unknown_path(request)
    )


async def show_unknown_path(request: Request) -> Response:
    """Return an error page for a path of the console that has no page."""
    return render_not_found(request, f"The console has no page {request.url.path}.")


def render_not_found(request: Request, what: str) -> Response:
    """Return a page with the status 404 and a link to the overview."""
    return page.render_page(request, "Not found", "missing.html", _NOT_FOUND, what=what)


def _parse_number(text: str) -> int:
    """Return a number of an address; 0 if the text is none. No journal reaches 18 digits."""
    return int(text[:18]) if text.isascii() and text.isdecimal() else 0


def _build_route(path: str, handler: Handler, method: str = "GET") -> Route:
    return Route(path, handler, methods=[method])


CONSOLE_ROUTES = [
    _build_route("/", show_overview),
    _build_route("/console", redirect_home),
    _build_route("/favicon.ico", assets.get_icon),
    _build_route("/console/assets/{name}", get_asset),
    _build_route("/console/connections/{id}", show_connection),
    _build_route("/console/dataflows/{id}", show_dataflow),
    _build_route("/console/datasets/{id}", show_dataset),
    _build_route("/console/journal", show_journal),
    _build_route("/console/journal/{number}", show_journal_entry),
    _build_route("/console/faults", show_faults),
    _build_route("/console/faults", actions.post_fault, "POST"),
    _build_route("/console/faults/take-back", actions.remove_waiting_faults, "POST"),
    _build_route("/console/clock", actions.advance_clock, "POST"),
    _build_route("/console/reset", actions.reset_emulator, "POST"),
    _build_route("/console/{rest:path}", show_unknown_path),
]
