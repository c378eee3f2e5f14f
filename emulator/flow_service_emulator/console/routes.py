"""The console's paths: `/` and what is below `/console`, for this machine only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from flow_service_emulator.console import actions, assets, connection_views, dataflow_views, journal_views, page
from flow_service_emulator.console.fault_page import fault_page
from flow_service_emulator.console.places import Place, counts
from flow_service_emulator.dataflows import scheduler
from flow_service_emulator.dataflows.flows import linked
from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request

Handler = Callable[["Request"], Awaitable[Response]]
_LATEST, _MOST_SHOWN, _MOST_RUNS = 8, 200, 50
_LARGEST = 2**62
_NOT_FOUND = 404


async def overview(request: Request) -> Response:
    """Everything that is kept, of all sandboxes or of one. A look like any other: what is due is run."""
    emulator, place = get_emulator(request), Place.asked_for(request.query_params)
    scheduler.update_runs(emulator)
    connection_views.settle(emulator)
    sought = request.query_params.get("text", "").strip()
    connections = connection_views.views(emulator, place, sought)
    flows = [dataflow_views.view(emulator, each) for each in emulator.stores["flows"].all() if place.has(each)]
    newest = emulator.journal.newest(journal_views.wanted({"org": place.org, "sandbox": place.sandbox}), _LATEST)
    return page.answer(
        request,
        "Overview",
        "overview.html",
        places=counts(emulator),
        chosen=place,
        sought=sought,
        connections=connections[:_MOST_SHOWN],
        found=len(connections),
        flows=flows[:_MOST_SHOWN],
        flows_found=len(flows),
        requests=journal_views.views(newest),
        client=next(iter(emulator.options.clients)),
        address=str(request.base_url).rstrip("/"),
    )


async def home(_request: Request) -> Response:
    """Who leaves the rest of an address away."""
    return RedirectResponse("/")


async def connection(request: Request) -> Response:
    """One connection, its history, what hangs on it and the requests about it; of a deleted one what is left."""
    emulator, id_ = get_emulator(request), request.path_params["id"]
    scheduler.update_runs(emulator)
    connection_views.settle(emulator)
    kept, history = emulator.connections.find(id_), emulator.connections.history.list_versions(id_)
    if kept is None and not history:
        return missing(request, f"No connection has the id {id_}.")
    view = connection_views.view(emulator, kept) if kept else None
    title = view.name if view else history[0].name or id_
    return page.answer(
        request,
        title,
        "connection.html",
        id=id_,
        view=view,
        history=history,
        used_by=connection_views.used_by(emulator, id_),
        table=dataflow_views.table,
        requests=journal_views.about(emulator, id_),
    )


async def dataflow(request: Request) -> Response:
    """One dataflow from its source to its dataset, its runs and the requests about it."""
    emulator, id_ = get_emulator(request), request.path_params["id"]
    scheduler.update_runs(emulator)
    kept = emulator.stores["flows"].find(id_)
    if kept is None:
        return missing(request, f"No dataflow has the id {id_}.")
    view, runs = dataflow_views.view(emulator, kept), dataflow_views.runs(emulator, id_)
    sources = linked(emulator, kept, "sourceConnections")
    bases = [emulator.connections.find(str(each.declared.get("baseConnectionId"))) for each in sources]
    return page.answer(
        request,
        view.name,
        "dataflow.html",
        view=view,
        flow=kept,
        bases=[connection_views.view(emulator, each) for each in bases if each],
        mappings=dataflow_views.mappings(emulator, kept),
        runs=runs[:_MOST_RUNS],
        runs_found=len(runs),
        requests=journal_views.about(emulator, id_),
    )


async def journal(request: Request) -> Response:
    """The requests, a page of them, the newest first."""
    emulator, query = get_emulator(request), request.query_params
    wanted = journal_views.wanted(query)
    before = _number(query.get("before", "")) or _LARGEST
    found = emulator.journal.newest(wanted, journal_views.PAGE + 1, before)
    views = journal_views.views(found[: journal_views.PAGE])
    return page.answer(
        request,
        "Journal",
        "journal.html",
        requests=views,
        wanted=wanted,
        older=views[-1].number if len(found) > journal_views.PAGE else None,
        is_newest=before == _LARGEST,
        places=counts(emulator),
        methods=journal_views.METHODS,
        only=journal_views.ONLY,
    )


async def journal_entry(request: Request) -> Response:
    """One request, all that was kept of it."""
    number = _number(request.path_params["number"])
    entry = get_emulator(request).journal.one(number) if number else None
    if entry is None:
        return missing(request, f"The journal has no request {request.path_params['number']}.")
    view = journal_views.RequestView(number, journal_views.shown(entry))
    return page.answer(request, f"{entry['method']} {view.path}", "request.html", view=view, Place=Place)


async def faults(request: Request) -> Response:
    """Those that wait, and the form."""
    return fault_page(request, {"path": "/connections"})


async def asset(request: Request) -> Response:
    """The style, the script, the icon."""
    name = request.path_params["name"]
    return assets.response(name, request.url.query) if name in assets.TYPES else await nowhere(request)


async def nowhere(request: Request) -> Response:
    """A path of the console's that nobody serves."""
    return missing(request, f"The console has no page {request.url.path}.")


def missing(request: Request, what: str) -> Response:
    """404, and the way back."""
    return page.answer(request, "Not found", "missing.html", _NOT_FOUND, what=what)


def _number(text: str) -> int:
    """0 where the text is none; no journal gets so far that it is cut."""
    return int(text[:18]) if text.isascii() and text.isdecimal() else 0


def _route(path: str, handler: Handler, method: str = "GET") -> Route:
    return Route(path, handler, methods=[method])


CONSOLE_ROUTES = [
    _route("/", overview),
    _route("/console", home),
    _route("/favicon.ico", assets.icon),
    _route("/console/assets/{name}", asset),
    _route("/console/connections/{id}", connection),
    _route("/console/dataflows/{id}", dataflow),
    _route("/console/journal", journal),
    _route("/console/journal/{number}", journal_entry),
    _route("/console/faults", faults),
    _route("/console/faults", actions.post_fault, "POST"),
    _route("/console/faults/take-back", actions.take_back, "POST"),
    _route("/console/clock", actions.turn_clock, "POST"),
    _route("/console/reset", actions.reset, "POST"),
    _route("/console/{rest:path}", nowhere),
]
