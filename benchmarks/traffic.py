"""The traffic of one run, from the journal of the emulator: requests, TCP connections, and how many were in flight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_BASE: Final = "/data/foundation/flowservice/"
NEWEST: Final = "?orderby"
"""The end of the kind of a sorted list page."""
TOKEN: Final = "POST token"  # noqa: S105 - the kind of a request


@dataclass(frozen=True)
class RequestTraffic:
    """The requests of one run: their number by kind, the largest number at the same time, and the duration.

    Attributes:
        requests: The number of requests by kind. `GET connections` is a list page, `GET connections?orderby` a page of
            the newest, which confirms creates, and `GET connections/{id}` reads one connection.
        tcp: The number of TCP connections.
        in_flight: The largest number of requests at one moment.
        span: The seconds from the arrival of the first request to the answer of the last one.
    """

    requests: Mapping[str, int] = field(default_factory=dict)
    tcp: int = 0
    in_flight: int = 0
    span: float = 0.0

    @property
    def total(self) -> int:
        """The number of all requests."""
        return sum(self.requests.values())


def read_traffic(journal: Iterable[Mapping[str, Any]]) -> RequestTraffic:
    """Read the entries of `GET /_emulator/journal` (docs/reference/emulator.md)."""
    entries = list(journal)
    if not entries:
        return RequestTraffic()
    times = [(entry["at"], entry["at"] + entry["durationMs"]) for entry in entries]
    return RequestTraffic(
        requests=dict(sorted(Counter(map(_classify_request, entries)).items())),
        tcp=len({entry["connection"] for entry in entries}),
        in_flight=_count_overlaps(times),
        span=round((max(end for _, end in times) - min(begin for begin, _ in times)) / 1000, 3),
    )


def _classify_request(entry: Mapping[str, Any]) -> str:
    method, path = entry["method"], entry["path"]
    if path.startswith("/ims/"):
        return f"{method} token"
    collection, _, rest = path.removeprefix(_BASE).partition("/")
    if rest:
        return f"{method} {collection}/{{id}}"
    return f"{method} {collection}{NEWEST if 'orderby' in entry.get('query', {}) else ''}"


def _count_overlaps(times: Iterable[tuple[float, float]]) -> int:
    """Return the largest number of spans that overlap. A span that begins at the end of another does not overlap it."""
    moments = [moment for begin, end in times for moment in ((begin, 1), (end, -1))]
    now = most = 0
    for _, change in sorted(moments):
        now += change
        most = max(most, now)
    return most
