"""The memory of definite failures: what fails for one request of a place fails for the next one too.

A definite failure is one that no retry within seconds cures: a refused connection, a refused certificate, a host name
that does not exist, credentials that are refused. Without this memory each of a hundred resources would find it out for
itself, and say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar

from pulumi_adobe.flow_service.errors import FlowServiceError, Unreachable
from pulumi_adobe.flow_service.retry import SendFailure

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.clock import Clock
    from pulumi_adobe.flow_service.request import Request

DEFINITE_FAILURES: Final = frozenset(
    {SendFailure.REFUSED, SendFailure.NO_LISTENER, SendFailure.NO_SUCH_HOST, SendFailure.NOT_TRUSTED}
)

SECONDS_BEFORE_NEXT_TRY: Final = 5.0
"""How long requests fail without being sent. After that a request tries the host again, once, without retries."""

_Error = TypeVar("_Error", bound=FlowServiceError)


@dataclass(frozen=True)
class _Outage:
    """The name of the request that a host failed first, its latest error, and when the host may be tried again."""

    request_name: str
    error: FlowServiceError
    try_again_at: float


class Outages:
    """The definite failures by host, shared by all threads and by the clients of one organization's sandboxes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._outages: dict[str, _Outage] = {}
        self._lock = Lock()

    def require_no_outage(self, request: Request) -> None:
        """Raise a short error, of the class of the first one, if the host failed definitely a moment ago."""
        outage = self._outages.get(request.host)
        if outage is not None and self._clock.now() < outage.try_again_at:
            raise _refer_to_first(request, outage.request_name, outage.error)

    def has_outage(self, request: Request) -> bool:
        """Return whether the host has not answered since its last definite failure."""
        return request.host in self._outages

    def record(self, request: Request, error: _Error) -> _Error:
        """Record a definite failure, and return the error to raise: the first one itself, later ones are short."""
        with self._lock:
            first = self._outages.get(request.host)
            now = self._clock.now()
            is_repeated = first is not None and type(first.error) is type(error)
            first_name = first.request_name if first is not None and is_repeated else request.name
            self._outages[request.host] = _Outage(first_name, error, now + SECONDS_BEFORE_NEXT_TRY)
        return _refer_to_first(request, first_name, error) if is_repeated else error

    def record_response(self, request: Request, *, is_authorized: bool) -> None:
        """Forget what the response disproves: any answer does so for a failed connection.

        Refused credentials are disproved by an authorized answer only: the token endpoint may have the same host.
        """
        outage = self._outages.get(request.host)
        if outage is not None and (is_authorized or isinstance(outage.error, Unreachable)):
            with self._lock:
                self._outages.pop(request.host, None)


def _refer_to_first(request: Request, first_name: str, error: _Error) -> _Error:
    """Return the error as a short one that refers to that of the host's first failed request."""
    short_error = error.with_context(
        f"{request.name} failed at {request.host}, as {first_name} did before it.",
        "Another message of this run says what to do.",
    )
    short_error.is_repeated = True
    return short_error
