"""The table of docs/faults.md: what becomes of each fault, asked of the code that decides it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.flow_service.retry import Outcome, SendFailure, retry_delay
from pulumi_adobe.lifecycle import create, delete, update


@dataclass(frozen=True)
class Fault:
    """One thing that can go wrong with a request: an answer, or why there is none."""

    label: str
    status: int | None = None
    body: Any = field(default_factory=dict)
    failure: SendFailure | None = None
    retry_after: float | None = None

    @property
    def outcome(self) -> Outcome:
        """As the retry policy sees it."""
        return Outcome(self.status, self.failure, self.retry_after)

    @property
    def error(self) -> errors.FlowServiceError:
        """As the caller gets it, once nothing is sent again."""
        if self.status is None:
            return errors.NoResponse("") if self.failure is SendFailure.NO_RESPONSE else errors.Unreachable("")
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        answer = Response("GET /", self.status, text)
        return answer.to_unexpected_response("", str) if answer.is_success else answer.to_error(str)


def _coded(code: str) -> Mapping[str, str]:
    return {"error_code": code} if len(code) == 6 else {"errorCode": code}  # noqa: PLR2004 - the gateway's have six digits


FAULTS: Final = (
    Fault("400: the request is refused", 400),
    Fault("400, 1418: dataflows use it", 400, _coded("1418-400")),
    Fault("401: the token is refused", 401, _coded("401013")),
    Fault("403, 403010: no token", 403, _coded("403010")),
    Fault("403, 403000 or 403003: API key", 403, _coded("403003")),
    Fault("403, 403025 or 403027: no access", 403, _coded("403027")),
    Fault("404", 404),
    Fault("404, 2100: no such sandbox", 404, _coded("2100-404")),
    Fault("409", 409),
    Fault("412: the etag is not the newest", 412),
    Fault("422", 422),
    Fault("429, with or without Retry-After", 429, _coded("429050"), retry_after=1.0),
    Fault("500", 500),
    Fault("502, with HTML", 502, "<html></html>"),
    Fault("503", 503),
    Fault("504", 504),
    Fault("a redirect", 302),
    Fault("a success without JSON, an id or a list, or with an error inside", 200, "<html></html>"),
    Fault("no connection: refused, no such host, proxy", failure=SendFailure.NOT_SENT),
    Fault("TLS: the certificate or the handshake", failure=SendFailure.NOT_TRUSTED),
    Fault("no whole answer: reset, time-out, cut short", failure=SendFailure.NO_RESPONSE),
)
"""The rows; the texts are Adobe's where Adobe documents one."""

_AGAIN, _ERROR = "again", "error"


def fault_table() -> str:
    """The table, a line each."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield "| what happens | create | read, list, test | update | delete | token | the error at the end |"
    yield "|---|---|---|---|---|---|---|"
    for fault in FAULTS:
        cells = (_create(fault), _read(fault), _update(fault), _delete(fault), _token(fault))
        yield f"| {fault.label} | {' | '.join(cells)} | `{type(fault.error).__name__}` |"


def _create(fault: Fault) -> str:
    fate = "looked for" if isinstance(fault.error, create.AMBIGUOUS_ERRORS) else _ERROR
    if fault.status == create.SERVICE_UNAVAILABLE:
        return f"{fate}, then {_AGAIN}"
    return _sent_again(fault, fate, safe=False)


def _read(fault: Fault) -> str:
    return _sent_again(fault, "gone" if isinstance(fault.error, errors.NotFound) else _ERROR, safe=True)


def _update(fault: Fault) -> str:
    return _sent_again(fault, "judged" if fault.status == update.PRECONDITION_FAILED else _ERROR, safe=True)


def _delete(fault: Fault) -> str:
    if isinstance(fault.error, errors.NotFound):
        return "done"
    if fault.status is not None and Response("DELETE /", fault.status, "").is_success:
        return "looked at"  # only a 204 confirms
    fate = "looked at" if isinstance(fault.error, delete.AMBIGUOUS_ERRORS) else _ERROR
    return _sent_again(fault, fate, safe=True)


def _token(fault: Fault) -> str:
    refused = fault.status == 401  # noqa: PLR2004 - of the credentials, of which there are no newer ones
    return _ERROR if refused else _sent_again(fault, _ERROR, safe=True)


def _sent_again(fault: Fault, fate: str, *, safe: bool) -> str:
    if fault.status == 401:  # noqa: PLR2004 - auth.py renews the token
        return "once more, with a new token"
    if retry_delay(fault.outcome, 1, idempotent=safe) is None:
        return fate
    return _AGAIN if fate == _ERROR else f"{_AGAIN}, then {fate}"
