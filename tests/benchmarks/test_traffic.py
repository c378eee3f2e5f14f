"""Requests are counted by kind, and connections and overlaps are read from the journal's times."""

from __future__ import annotations

from typing import Any

from benchmarks.traffic import RequestTraffic, read_traffic

BASE = "/data/foundation/flowservice"


def entry(method: str, path: str, at: int, ms: float, connection: str = "1-1") -> dict[str, Any]:
    return {"method": method, "path": path, "at": at, "durationMs": ms, "connection": connection}


def test_list_page_newest_page_and_single_connection_are_three_kinds_of_request() -> None:
    traffic = read_traffic(
        [
            entry("POST", "/ims/token/v3", 0, 1),
            entry("GET", f"{BASE}/connections", 10, 1),
            {**entry("GET", f"{BASE}/connections", 15, 1), "query": {"orderby": "-createdAt"}},
            entry("GET", f"{BASE}/connections/ab-12", 20, 1),
            entry("GET", f"{BASE}/connections/cd-34", 30, 1),
        ]
    )

    assert traffic.requests == {
        "GET connections": 1,
        "GET connections?orderby": 1,
        "GET connections/{id}": 2,
        "POST token": 1,
    }
    assert traffic.total == 5


def test_requests_that_overlap_are_in_flight_together() -> None:
    path = f"{BASE}/connections"
    overlapping = [entry("POST", path, 0, 10, "a"), entry("POST", path, 5, 10, "b"), entry("POST", path, 15, 5, "b")]

    traffic = read_traffic(overlapping)

    assert (traffic.in_flight, traffic.tcp, traffic.span) == (2, 2, 0.02)


def test_traffic_without_requests_is_zero() -> None:
    assert read_traffic([]) == RequestTraffic() == RequestTraffic({}, 0, 0, 0.0)
