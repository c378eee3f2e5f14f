"""The answers to the requests of one probe: all that a measure may judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.probe.client import ProbeResponse
from adobe_flow.probe.finding import NotMeasured

Entity = Mapping[str, Any]


@dataclass(frozen=True)
class CreateAttempt:
    """One way to create the throw-away connection, and its answer."""

    source: str
    secret: str
    """`invalid` or `made-up`; empty for a source without secrets."""
    with_version: bool
    answer: ProbeResponse


@dataclass(frozen=True)
class ObservedWork:
    """The observations from a write until the connection's state was final.

    Attributes:
        durations: `0`, a number of reads or milliseconds (`1500ms`); several if they cannot be told apart, none if the
            end was not seen.
        refusals: The state, and the answer to a change that came while Flow Service was at work.
        entity: The connection afterwards.
        reason: Why the end was not seen.
    """

    durations: tuple[str, ...] = ()
    refusals: tuple[tuple[str, ProbeResponse], ...] = ()
    entity: Entity | None = None
    reason: str = ""


@dataclass
class ProbeRecord:
    """The responses of a probe by the name of their request, and observations that need several responses.

    Attributes:
        is_write: Whether the probe may write.
        stopped: Why the writing ended before its last step.
    """

    is_write: bool = False
    stopped: str = ""
    answers: dict[str, ProbeResponse] = field(default_factory=dict)
    pages: dict[str, ProbeResponse] = field(default_factory=dict)
    """The first page of each collection, asked for without a limit."""
    page_limits: dict[int, ProbeResponse] = field(default_factory=dict)
    attempts: list[CreateAttempt] = field(default_factory=list)
    sent_params: Mapping[str, Any] = field(default_factory=dict)
    secret_param: str = ""
    creation: ObservedWork | None = None
    update: ObservedWork | None = None
    list_lag: str = ""
    tests: list[tuple[str, ProbeResponse]] = field(default_factory=list)
    """The secret at that time, as in `CreateAttempt`, and the answer of the connection test."""

    def get(self, name: str) -> ProbeResponse:
        """Return the response to a request. Raises `NotMeasured` if it was not sent, or its response is unclear."""
        answer = self.answers.get(name)
        if answer is None:
            raise NotMeasured(self.explain_missing_request())
        return require_clear_answer(answer)

    def has_connections(self) -> bool:
        """Return whether the first page of the connections has any."""
        return "connections" in self.pages and bool(self.pages["connections"].items)

    def explain_missing_request(self) -> str:
        """Return the reason why a request was not sent."""
        return self.stopped or ("it was not asked" if self.is_write else "only a probe with --write finds it out")

    def get_created_connection(self) -> Entity:
        """Return the throw-away connection as it was after its creation."""
        if self.creation is None:
            raise NotMeasured(self.explain_missing_request())
        if self.creation.entity is None:
            raise NotMeasured(self.creation.reason or "the connection could not be read")
        return self.creation.entity


def require_clear_answer(answer: ProbeResponse) -> ProbeResponse:
    """Return the answer if it is a success or a refusal of what was asked. Raises `NotMeasured` otherwise."""
    if answer.is_success or answer.is_refusal:
        return answer
    raise NotMeasured(f"the answer was {answer.describe_status()}" if answer.status else answer.reason)
