"""Requests of a probe, and the answers as far as they are judged. No request is sent twice, and none raises."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi_adobe.flow_service.addresses import build_path, parse_next_page
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import (
    CredentialsRejected,
    FlowServiceError,
    NoResponse,
    ResponseError,
    Unreachable,
)
from pulumi_adobe.json_values import get_objects

_SECONDS: Final = 30.0
"""The most seconds of one read: a probe has many to send."""
_MAX_PAGES: Final = 200
_CODE: Final = re.compile(r"(?:[A-Z]{1,20}-)?\d{3,6}(?:-\d{3})?")
"""The form of Adobe's codes. A code of another form could be anything, so it is not kept."""
_NOT_ABOUT_THE_REQUEST: Final = frozenset({401, 403, 408, 423, 425, 429, 499})
"""Refusals that say nothing about what was asked: credentials, permission, time, and the rate limit."""


@dataclass(frozen=True)
class ProbeResponse:
    """The answer to one request; without one, ``status`` is 0, and ``reason`` says why."""

    status: int
    body: Any = field(default=None, repr=False)
    code: str = ""
    reason: str = ""
    has_request_id: bool = False

    @property
    def is_success(self) -> bool:
        """Return whether the service accepted the request: a status from 200 to 299."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the range is HTTP's own

    @property
    def is_refusal(self) -> bool:
        """Return whether Flow Service refused what was requested, and did nothing."""
        return 400 <= self.status < 500 and self.status not in _NOT_ABOUT_THE_REQUEST  # noqa: PLR2004 - HTTP's own

    @property
    def is_unclear(self) -> bool:
        """Return whether a write may have taken effect although no success came back."""
        return not self.is_success and not (400 <= self.status < 500 and self.status not in {408, 499})  # noqa: PLR2004

    def describe_status(self) -> str:
        """Return status and error code, or the reason for a missing response, without any text of the service."""
        if not self.status:
            return self.reason
        return f"{self.status} ({self.code})" if self.code else str(self.status)

    @property
    def items(self) -> Sequence[Mapping[str, Any]]:
        """The entities of a list."""
        return get_objects(self.body, "items")


class ProbeClient:
    """Sends the requests of a probe to one sandbox."""

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._seconds = min(_SECONDS, service.credentials.timeout)

    def send(
        self,
        method: str,
        *segments: str,
        query: Sequence[tuple[str, str]] = (),
        json: Any = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> ProbeResponse:
        """Send a request about this path of Flow Service, and return what came back."""
        try:
            path = build_path(*segments)
            # A write may have to wait until Adobe has tried to reach the source.
            timeout = self._seconds if method == "GET" else None
            response = self._service.exchange(method, path, json=json, headers=headers, query=query, timeout=timeout)
        except FlowServiceError as error:
            return _describe_failure(error)
        has_id = bool(response.get_request_id(str))
        if response.is_success:
            return ProbeResponse(response.status, response.json(), has_request_id=has_id)
        code = getattr(response.to_error(self._service.redactor.redact), "code", "")
        return ProbeResponse(
            response.status, response.json(), code if _CODE.fullmatch(code) else "", has_request_id=has_id
        )

    def list_entities(
        self, collection: str, query: Sequence[tuple[str, str]] = ()
    ) -> tuple[list[Mapping[str, Any]], bool]:
        """Return the entities of a list, page by page, and whether these are all of them."""
        entities: list[Mapping[str, Any]] = []
        requested: set[tuple[tuple[str, str], ...]] = set()
        following = tuple(query)
        for _ in range(_MAX_PAGES):
            requested.add(following)
            answer = self.send("GET", collection, query=following)
            if not answer.is_success or not isinstance(answer.body, Mapping) or "items" not in answer.body:
                return entities, False
            entities += answer.items
            next_page = parse_next_page(answer.body)
            if next_page == ():
                return entities, True
            if next_page is None or next_page in requested:
                return entities, False
            following = next_page
        return entities, False


def _describe_failure(error: FlowServiceError) -> ProbeResponse:
    """Describe a failure without the text of the error, which names hosts and ids."""
    if isinstance(error, CredentialsRejected):
        return ProbeResponse(401)
    if isinstance(error, ResponseError) and error.status:
        return ProbeResponse(error.status, code=error.code if _CODE.fullmatch(error.code) else "")
    if isinstance(error, Unreachable):
        return ProbeResponse(0, reason="the request could not be sent")
    if isinstance(error, NoResponse):
        return ProbeResponse(0, reason="no complete response came")
    return ProbeResponse(0, reason="the response cannot be used")
