"""The table of docs/reference/faults.md: the outcome of each fault, taken from the code that decides it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.flow_service.retry import Outcome, SendFailure, retry_delay
from pulumi_adobe.lifecycle import create, delete, wait


@dataclass(frozen=True)
class Fault:
    """One thing that can go wrong with a request: a response, or the reason why there is none."""

    label: str
    status: int | None = None
    body: Any = field(default_factory=dict)
    failure: SendFailure | None = None
    retry_after: float | None = None
    is_unreadable: bool = False

    @property
    def outcome(self) -> Outcome:
        """The outcome of one attempt to write, as the retry policy takes it."""
        return Outcome(self.status, self.failure, self.retry_after)

    @property
    def outcome_of_read(self) -> Outcome:
        """The outcome of one attempt to read, which is repeated where the response cannot be used."""
        return replace(self.outcome, is_unreadable=self.is_unreadable)

    @property
    def error(self) -> errors.FlowServiceError:
        """The error that the caller gets after the last attempt."""
        if self.status is None:
            return errors.NoResponse("") if self.failure is SendFailure.NO_RESPONSE else errors.Unreachable("")
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        response = Response("GET /", self.status, text)
        return response.to_unexpected_response("", str) if response.is_success else response.to_error(str)


def _build_error_body(code: str) -> Mapping[str, str]:
    if code.isdecimal():  # the gateway's
        return {"error_code": code}
    return {"type": f"https://ns.adobe.com/aep/errors/FLOW-{code}"}


FAULTS: Final = (
    Fault("400: the request is refused", 400),
    Fault("400, 1418: dataflows use the connection", 400, _build_error_body("1418-400")),
    Fault("400, 1416, 1417, 1420, 1457 or 1458: wrong state", 400, _build_error_body("1417-400")),
    Fault("401: the token is refused", 401, _build_error_body("401013")),
    Fault("403, 403010: the token is missing", 403, _build_error_body("403010")),
    Fault("403, 403000 or 403003: the API key is invalid", 403, _build_error_body("403003")),
    Fault("403, 403025 or 403027: no access", 403, _build_error_body("403027")),
    Fault("404", 404),
    Fault("404, without the JSON of Flow Service", 404, "<html></html>", is_unreadable=True),
    Fault("404, 2100: the sandbox does not exist", 404, _build_error_body("2100-404")),
    Fault("408 or 499: somebody gave up waiting", 408),
    Fault("409", 409),
    Fault("412: the etag is out of date", 412),
    Fault("422", 422),
    Fault("422, with HTML", 422, "<html></html>"),
    Fault("423 or 425: locked or too early", 423),
    Fault("429, with or without Retry-After", 429, _build_error_body("429050"), retry_after=1.0),
    Fault("500", 500),
    Fault("502, with HTML", 502, "<html></html>"),
    Fault("503", 503),
    Fault("504", 504),
    Fault("a redirect", 302),
    Fault(
        "a success (2xx) without the expected JSON, or with an error inside", 200, "<html></html>", is_unreadable=True
    ),
    Fault("no connection: timeout, temporary DNS error, proxy failure", failure=SendFailure.NOT_SENT),
    Fault("another machine refuses the connection", failure=SendFailure.REFUSED),
    Fault("this machine refuses the connection", failure=SendFailure.NO_LISTENER),
    Fault("the host name does not exist", failure=SendFailure.NO_SUCH_HOST),
    Fault("TLS failure: certificate or handshake", failure=SendFailure.NOT_TRUSTED),
    Fault("no complete response: reset, timeout, truncated", failure=SendFailure.NO_RESPONSE),
)
"""The rows of the table."""

_RETRIED, _ERROR, _CONFIRMED, _WAITED_FOR = "retried", "error", "confirmed", "waited for"
_UNAUTHORIZED: Final = 401


def build_fault_table() -> str:
    """Return the table in Markdown, one line per fault."""
    return "".join(f"{line}\n" for line in _build_lines())


def _build_lines() -> Iterator[str]:
    yield "| fault | create | read, list, test | update | delete | token request | final error |"
    yield "|---|---|---|---|---|---|---|"
    for fault in FAULTS:
        outcomes = (_create(fault), _read(fault), _update(fault), _delete(fault), _request_token(fault))
        yield f"| {fault.label} | {' | '.join(outcomes)} | `{type(fault.error).__name__}` |"


def _create(fault: Fault) -> str:
    outcome = "searched for" if create.may_have_created(fault.error) else _ERROR
    if fault.status == create.SERVICE_UNAVAILABLE:
        return f"{outcome}, then {_RETRIED}"
    if isinstance(fault.error, errors.WrongState):
        return _WAITED_FOR
    return _add_retry(fault, outcome, idempotent=False)


def _read(fault: Fault) -> str:
    outcome = "gone" if isinstance(fault.error, errors.NotFound) else _ERROR
    return _add_retry(fault, outcome, idempotent=True, only_reads=True)


def _update(fault: Fault) -> str:
    if _is_refused_for_now(fault):
        return _WAITED_FOR
    return _add_retry(fault, "compared" if fault.status == wait.PRECONDITION_FAILED else _ERROR, idempotent=True)


def _delete(fault: Fault) -> str:
    if isinstance(fault.error, errors.NotFound):
        return "success"
    if fault.status is not None and Response("DELETE /", fault.status, "").is_success:
        return _CONFIRMED  # only a 204 says that the entity is gone
    if _is_refused_for_now(fault):
        return _WAITED_FOR
    outcome = _CONFIRMED if isinstance(fault.error, delete.AMBIGUOUS_ERRORS) else _ERROR
    return _add_retry(fault, outcome, idempotent=True)


def _is_refused_for_now(fault: Fault) -> bool:
    return isinstance(fault.error, errors.ResponseError) and wait.is_refused_for_now(fault.error)


def _request_token(fault: Fault) -> str:
    # A 401 of the token endpoint refuses the credentials, and there are no newer ones.
    return _ERROR if fault.status == _UNAUTHORIZED else _add_retry(fault, _ERROR, idempotent=True, only_reads=True)


def _add_retry(fault: Fault, outcome: str, *, idempotent: bool, only_reads: bool = False) -> str:
    """Return the outcome, preceded by the retry if the client sends the request again."""
    if fault.status == _UNAUTHORIZED:  # auth.py renews the token
        return "retried once, with a new token"
    attempt = fault.outcome_of_read if only_reads else fault.outcome
    if retry_delay(attempt, 1, idempotent=idempotent) is None:
        return outcome
    return _RETRIED if outcome == _ERROR else f"{_RETRIED}, then {outcome}"
