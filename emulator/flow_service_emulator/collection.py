"""The HTTP of one kind: POST, GET, PATCH, DELETE and action.

Adobe: flow-service.yaml; draft.md for drafts; the rules of PATCH are those of connections (update-dataflows.md).
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flow_service_emulator.clock import now
from flow_service_emulator.connections.create import refuse_known_name
from flow_service_emulator.connections.update import check_etag
from flow_service_emulator.dataflows import running
from flow_service_emulator.entities import listing, patch, search, states
from flow_service_emulator.entities.entity import new_etag
from flow_service_emulator.entities.filters import STAMPS
from flow_service_emulator.entities.states import DRAFT
from flow_service_emulator.entities.store import Document
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.exchange import took_effect
from flow_service_emulator.gateway import admit
from flow_service_emulator.labels import is_visible, require_change, require_read
from flow_service_emulator.request import emulator_of, json_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.store import Store
    from flow_service_emulator.gateway import Caller
    from flow_service_emulator.kind import Kind
    from flow_service_emulator.switches import Switches


class Collection:
    """The handlers of one kind."""

    def __init__(self, kind: Kind) -> None:
        """``kind.name`` is the path's word."""
        self._kind = kind

    def routes(self) -> list[Route]:
        """All of them."""
        path = f"/{self._kind.name}"
        return [
            Route(path, self.post, methods=["POST"]),
            Route(path, self.list, methods=["GET"]),
            *([Route(f"{path}/search", self.search, methods=["POST"])] if self._kind.searchable else []),
            Route(f"{path}/{{id}}", self.get, methods=["GET"]),
            Route(f"{path}/{{id}}", self.patch, methods=["PATCH"]),
            Route(f"{path}/{{id}}", self.delete, methods=["DELETE"]),
            Route(f"{path}/{{id}}/action", self.act, methods=["POST"]),
        ]

    async def post(self, request: Request) -> Response:
        """201 with id and etag; `?mode=draft` makes a draft, whose rules wait until it is published."""
        emulator = emulator_of(request)
        caller, body = admit(request, emulator), await json_body(request)
        if not isinstance(body, dict) or not body:
            raise FlowServiceError("1405-400", "The request body is empty or null")
        if "state" in body:
            raise FlowServiceError("1410-400", "state is not allowed in the request body")
        declared = {key: value for key, value in _without_nulls(body).items() if key in self._kind.written}
        document = _new(_with_versions(declared, emulator.switches), caller)
        if request.query_params.get("mode") == "draft":
            document.state = DRAFT
        self._kind.check(emulator, document)
        if document.state != DRAFT:
            self._kind.check_new(emulator, document)
        others = self._store(emulator).of_sandbox(caller.org, caller.sandbox)
        names = (each.declared.get("name") for each in others)
        refuse_known_name(self._kind.name, declared.get("name"), names, emulator.switches)
        self._store(emulator).save(document)
        took_effect(request, document.id)
        return JSONResponse(document.receipt(), 201, headers={"Location": f"{request.url.path}/{document.id}"})

    async def list(self, request: Request) -> Response:
        """A page, or how many there are."""
        return JSONResponse(self._listed(request, request.query_params.multi_items()))

    async def search(self, request: Request) -> Response:
        """The same, asked for in the body."""
        admit(request, emulator_of(request))
        body = await json_body(request)
        pairs = search.pairs_of(body, request.query_params.get("continuationToken"))
        return JSONResponse(search.projected(self._listed(request, pairs), body))

    def _listed(self, request: Request, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
        emulator = emulator_of(request)
        caller = admit(request, emulator)
        running.settle(emulator)
        for document in self._store(emulator).of_sandbox(caller.org, caller.sandbox):
            self._settle(emulator, document, read=False)
        shown = [
            self._kind.show(emulator, each)
            for each in self._store(emulator).of_sandbox(caller.org, caller.sandbox)
            if is_visible(emulator, caller, each)
        ]
        fields = STAMPS.union(self._kind.written, self._kind.added)
        return listing.answer_as(emulator.switches, f"/{self._kind.name}", pairs, shown, fields)

    async def get(self, request: Request) -> Response:
        """A list of one, as with every entity."""
        emulator, _, document = self._asked_for(request, read=True)
        running.settle(emulator)
        return JSONResponse({"items": [self._kind.show(emulator, document)]})

    async def patch(self, request: Request) -> Response:
        """200 with id and the new etag; flow-service.yaml says a list of items, all other documents this."""
        emulator, caller, document = self._asked_for(request)
        body = await json_body(request)
        check_etag(document, request.headers.get("if-match"), emulator.switches)
        states.check_updatable(document, emulator.switches)
        running.settle(emulator)
        declared = _without_nulls(patch.patched(document.declared, body, self._kind.paths))
        self._kind.check_change(emulator, document, declared)
        self._kind.check(emulator, replace(document, declared=declared))
        document.declared = declared
        document.written_by(caller.user, caller.client_id)
        states.begin_update(document, emulator.switches)
        self._store(emulator).save(document)
        took_effect(request, document.id)
        return JSONResponse(document.receipt())

    async def delete(self, request: Request) -> Response:
        """204 and no body, or what the switch says."""
        emulator, _, document = self._asked_for(request)
        states.check_not_at_work(document, emulator.switches)
        self._kind.check_free(emulator, document)
        self._store(emulator).remove(document)
        took_effect(request, document.id)
        return Response(status_code=int(emulator.switches["delete_status"]))

    async def act(self, request: Request) -> Response:
        """`?op=publish` and, of flows, `enable` and `disable`; in any case, and in the body too (flow-service.yaml)."""
        emulator, caller, document = self._asked_for(request)
        body = await json_body(request)
        action = str(request.query_params.get("op") or (body.get("op") if isinstance(body, dict) else None)).lower()
        if action != "publish" and action not in self._kind.actions:
            raise FlowServiceError("1422-400", f"action [{action}] is not applicable")
        states.check_not_at_work(document, emulator.switches)
        # What is enabled, or disabled, already cannot be so again.
        if (action == "publish") != (document.state == DRAFT) or self._kind.actions.get(action) == document.state:
            raise FlowServiceError("1421-400", f"state [{document.state}] cannot be transitioned by [{action}]")
        running.settle(emulator)
        if action == "publish":
            self._kind.check_new(emulator, document)
        document.state = self._kind.actions.get(action, "enabled")
        document.written_by(caller.user, caller.client_id)
        self._store(emulator).save(document)
        took_effect(request, document.id)
        return JSONResponse(document.receipt())

    def _store(self, emulator: Emulator) -> Store:
        return emulator.stores[self._kind.name]

    def _asked_for(self, request: Request, *, read: bool = False) -> tuple[Emulator, Caller, Document]:
        emulator = emulator_of(request)
        caller = admit(request, emulator)
        document = self._store(emulator).get(request.path_params["id"], caller.org, caller.sandbox)
        if read:
            require_read(emulator, caller, document, document.id)
        else:
            require_change(emulator, caller, document)
        self._settle(emulator, document, read=read)
        return emulator, caller, document

    def _settle(self, emulator: Emulator, document: Document, *, read: bool) -> None:
        if states.settle(document, read=read):
            self._store(emulator).save(document)


def _without_nulls(value: Any) -> Any:
    """The value without the members that are null, however deep: no answer of Adobe's shows a null."""
    if isinstance(value, dict):
        return {key: _without_nulls(each) for key, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def _with_versions(declared: dict[str, Any], switches: Switches) -> dict[str, Any]:
    """With the switch `spec_version`, a spec without a version means its version 1.0."""
    if switches["spec_version"] != "default":
        return declared
    specs = {name: declared[name] for name in ("connectionSpec", "flowSpec") if isinstance(declared.get(name), dict)}
    return {**declared, **{name: {"version": "1.0", **spec} for name, spec in specs.items()}}


def _new(declared: dict[str, Any], caller: Caller) -> Document:
    at = now()
    return Document(
        id=str(uuid.uuid4()),
        org=caller.org,
        sandbox=caller.sandbox,
        declared=declared,
        state="enabled",
        etag=new_etag(),
        created_at=at,
        created_by=caller.user,
        created_client=caller.client_id,
        updated_at=at,
        updated_by=caller.user,
        updated_client=caller.client_id,
    )
