"""The HTTP operations of one kind of entities: POST, GET, PATCH, DELETE, search and action.

Adobe: flow-service.yaml; draft.md for drafts; update-dataflows.md and update.md for PATCH.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.entities import listing, patch, preconditions, search, states
from flow_service_emulator.entities.entity import Entity
from flow_service_emulator.entities.filters import STAMPS
from flow_service_emulator.entities.states import DRAFT
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.exchange import record_changed_entity
from flow_service_emulator.gateway import admit_caller
from flow_service_emulator.labels import list_visible_flows, require_change, require_read
from flow_service_emulator.request import get_emulator, read_json

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.store import EntityStore
    from flow_service_emulator.gateway import Caller
    from flow_service_emulator.kind import KindRules
    from flow_service_emulator.switches import Switches

_PUBLISH = "publish"


class Collection:
    """The HTTP handlers for one kind of entities, such as dataflows."""

    def __init__(self, kind: KindRules, update_runs: Callable[[Emulator], None] = lambda _emulator: None) -> None:
        """Serve a kind; ``update_runs`` makes the runs that are due, before a client reads or changes an entity."""
        self._kind = kind
        self._update_runs = update_runs

    def build_routes(self) -> list[Route]:
        """Return the routes of the kind."""
        path = f"/{self._kind.name}"
        return [
            Route(path, self.post, methods=["POST"]),
            Route(path, self.list, methods=["GET"]),
            *([Route(f"{path}/search", self.search, methods=["POST"])] if self._kind.is_searchable else []),
            Route(f"{path}/{{id}}", self.get, methods=["GET"]),
            Route(f"{path}/{{id}}", self.patch, methods=["PATCH"]),
            Route(f"{path}/{{id}}", self.delete, methods=["DELETE"]),
            Route(f"{path}/{{id}}/action", self.run_action, methods=["POST"]),
        ]

    async def post(self, request: Request) -> Response:
        """Create an entity; `?mode=draft` creates a draft, some of whose rules wait until it is published."""
        emulator = get_emulator(request)
        caller, body = admit_caller(request, emulator), await read_json(request)
        is_draft = request.query_params.get("mode") == "draft"
        entity = self._create(emulator, caller, body, is_draft=is_draft)
        self._get_store(emulator).save(entity)
        record_changed_entity(request, entity.id)
        return JSONResponse(entity.build_receipt(), 201, headers={"Location": f"{request.url.path}/{entity.id}"})

    def _create(self, emulator: Emulator, caller: Caller, body: Any, *, is_draft: bool) -> Entity:
        declared = _add_versions(self._read_body(body), emulator.switches)
        entity = Entity.create(declared, caller.org, caller.sandbox, caller.user, caller.client_id)
        entity.state = DRAFT if is_draft else entity.state
        self._kind.check_create(emulator, entity)
        self._kind.check(emulator, entity)
        if not is_draft:
            self._kind.check_enable(emulator, entity)
        self._kind.complete(emulator, entity)
        self._kind.seal(emulator, entity)
        self._check_name(emulator, entity)
        if self._kind.is_initialized and not is_draft:
            states.begin_initialization(entity, emulator.switches)
        return entity

    def _read_body(self, body: Any) -> dict[str, Any]:
        if not body:
            raise FlowServiceError("1405-400", "The request body is empty or null")
        if not isinstance(body, dict):
            raise FlowServiceError("1405-400", "The request body must be an object")
        if "state" in body and not self._kind.ignores_state:
            raise FlowServiceError("1410-400", "state is not allowed in the request body")
        members = self._kind.remove_nulls(body)
        return {name: value for name, value in members.items() if name in self._kind.written}

    def _check_name(self, emulator: Emulator, entity: Entity) -> None:
        """Refuse the name of another entity of the same kind and sandbox if the switch says so.

        Names need not be unique by default: no document of Adobe's says so.
        """
        name = entity.declared.get("name")
        entities = self._get_store(emulator).list_in_sandbox(entity.org, entity.sandbox)
        if emulator.switches["unique_names"] == "on" and any(name == other.declared.get("name") for other in entities):
            raise FlowServiceError("409", f"{self._kind.name}: the name [{name}] exists already")

    async def list(self, request: Request) -> Response:
        """Return a page of the sandbox's entities, or their count."""
        return JSONResponse(self._list(request, request.query_params.multi_items()))

    async def search(self, request: Request) -> Response:
        """Return a page of the entities that the body selects."""
        admit_caller(request, get_emulator(request))
        body = await read_json(request)
        pairs = search.parse_search(body, request.query_params.get("continuationToken"))
        return JSONResponse(search.select_projected_fields(self._list(request, pairs), body))

    def _list(self, request: Request, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
        emulator = get_emulator(request)
        caller = admit_caller(request, emulator)
        self._update_runs(emulator)
        entities = self._get_store(emulator).list_in_sandbox(caller.org, caller.sandbox)
        for entity in entities:
            self._end_work_on_entities(emulator, entity, read=False)
        visible = list_visible_flows(emulator, caller) if self._kind.has_labels else entities
        shown = [self._kind.show(emulator, entity) for entity in visible]
        fields = STAMPS.union(self._kind.written, self._kind.added)
        return listing.build_list_as_switched(emulator.switches, f"/{self._kind.name}", pairs, shown, fields)

    async def get(self, request: Request) -> Response:
        """Return one entity, as a list of one."""
        emulator, _, entity = self.load_entity(request, read=True)
        self._update_runs(emulator)
        return JSONResponse({"items": [self._kind.show(emulator, entity)]})

    async def patch(self, request: Request) -> Response:
        """Change an entity; flow-service.yaml shows a list of items as the response, all other documents a receipt."""
        emulator, caller, entity = self.load_entity(request)
        body = await read_json(request)
        preconditions.check_etag(entity, request.headers.get("if-match"), emulator.switches)
        preconditions.check_updatable(entity, emulator.switches)
        self._update_runs(emulator)
        declared = self._kind.remove_nulls(patch.apply_patch(entity.declared, body, self._kind.paths))
        self._kind.check_change(emulator, entity, declared)
        changed = replace(entity, declared=declared)
        self._kind.check(emulator, changed)
        self._kind.seal(emulator, changed)
        entity.declared = changed.declared
        entity.record_change(caller.user, caller.client_id)
        states.begin_update(entity, emulator.switches)
        self._get_store(emulator).save(entity)
        record_changed_entity(request, entity.id)
        return JSONResponse(entity.build_receipt())

    async def delete(self, request: Request) -> Response:
        """Delete an entity; the switch `delete_status` chooses the status (destinations.yaml: 202)."""
        emulator, caller, entity = self.load_entity(request)
        preconditions.check_not_at_work(entity, emulator.switches)
        self._kind.check_delete(emulator, entity)
        entity.record_change(caller.user, caller.client_id)
        self._get_store(emulator).remove(entity)
        record_changed_entity(request, entity.id)
        return Response(status_code=int(emulator.switches["delete_status"]))

    async def run_action(self, request: Request) -> Response:
        """Publish a draft, or enable or disable a flow; `op` is in the query (draft.md) or in the body, in any case."""
        emulator, caller, entity = self.load_entity(request)
        body = await read_json(request)
        action = str(request.query_params.get("op") or (body.get("op") if isinstance(body, dict) else None)).lower()
        if action != _PUBLISH and action not in self._kind.actions:
            raise FlowServiceError("1422-400", f"action [{action}] is not applicable")
        preconditions.check_not_at_work(entity, emulator.switches)
        is_in_target_state = self._kind.actions.get(action) == entity.state
        if (action == _PUBLISH) != (entity.state == DRAFT) or is_in_target_state:
            raise FlowServiceError("1421-400", f"state [{entity.state}] cannot be transitioned by [{action}]")
        self._update_runs(emulator)
        if action == _PUBLISH:
            self._kind.check_enable(emulator, entity)
        published_state = emulator.switches["final_state"] if self._kind.is_initialized else "enabled"
        entity.state = self._kind.actions.get(action, published_state)
        entity.record_change(caller.user, caller.client_id)
        self._get_store(emulator).save(entity)
        record_changed_entity(request, entity.id)
        return JSONResponse(entity.build_receipt())

    def load_entity(self, request: Request, *, read: bool = False) -> tuple[Emulator, Caller, Entity]:
        """Return the entity of the path, for a caller who may read it, or change it unless ``read``."""
        emulator = get_emulator(request)
        caller = admit_caller(request, emulator)
        entity = self._get_store(emulator).get(request.path_params["id"], caller.org, caller.sandbox)
        if self._kind.has_labels and read:
            require_read(emulator, caller, entity, entity.id)
        elif self._kind.has_labels:
            require_change(emulator, caller, entity)
        self._end_work_on_entities(emulator, entity, read=read)
        return emulator, caller, entity

    def _get_store(self, emulator: Emulator) -> EntityStore:
        return emulator.stores[self._kind.name]

    def _end_work_on_entities(self, emulator: Emulator, entity: Entity, *, read: bool) -> None:
        if states.end_work(entity, read=read):
            self._get_store(emulator).save(entity)


def _add_versions(declared: dict[str, Any], switches: Switches) -> dict[str, Any]:
    """Return a body in which a spec without a version has the version 1.0, with the switch `spec_version`."""
    if switches["spec_version"] != "default":
        return declared
    specs = {name: declared[name] for name in ("connectionSpec", "flowSpec") if isinstance(declared.get(name), dict)}
    return {**declared, **{name: {"version": "1.0", **spec} for name, spec in specs.items()}}
