"""What the emulator's journal says of one run: which requests, on how many connections, how many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_BASE: Final = "/data/foundation/flowservice/"
NEWEST: Final = "?orderby"
"""What the kind of a list page has that is sorted."""
TOKEN: Final = "POST token"  # noqa: S105 - what a request is called


@dataclass(frozen=True)
class Traffic:
    """Requests by kind (`GET connections` is a list page, `GET connections/{id}` one of them).

    A list page of the newest, which confirms creates, is a kind of its own.

    ``tcp`` connections carried them, ``in_flight`` at the most at one moment; ``span`` are the seconds from the
    first one's arrival to the last one's answer.
    """

    requests: Mapping[str, int] = field(default_factory=dict)
    tcp: int = 0
    in_flight: int = 0
    span: float = 0.0

    @property
    def total(self) -> int:
        """All requests."""
        return sum(self.requests.values())


def traffic(journal: Iterable[Mapping[str, Any]]) -> Traffic:
    """Read the entries of `GET /_emulator/journal` (docs/emulator.md)."""
    entries = list(journal)
    if not entries:
        return Traffic()
    times = [(entry["at"], entry["at"] + entry["durationMs"]) for entry in entries]
    return Traffic(
        requests=dict(sorted(Counter(map(_kind, entries)).items())),
        tcp=len({entry["connection"] for entry in entries}),
        in_flight=_at_once(times),
        span=round((max(end for _, end in times) - min(begin for begin, _ in times)) / 1000, 3),
    )


def _kind(entry: Mapping[str, Any]) -> str:
    method, path = entry["method"], entry["path"]
    if path.startswith("/ims/"):
        return f"{method} token"
    collection, _, rest = path.removeprefix(_BASE).partition("/")
    if rest:
        return f"{method} {collection}/{{id}}"
    return f"{method} {collection}{NEWEST if 'orderby' in entry.get('query', {}) else ''}"


def _at_once(times: Iterable[tuple[float, float]]) -> int:
    """How many of these spans overlap at the most; one that ends as another begins is no overlap."""
    moments = [moment for begin, end in times for moment in ((begin, 1), (end, -1))]
    now = most = 0
    for _, change in sorted(moments):
        now += change
        most = max(most, now)
    return most
