"""Flow Service's own test of base connections: passed, failed, or not run.

Adobe: flow-service.yaml, `GET /connections/{id}/test`; the service asks the source itself, which takes its time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any, Final

from adobe_flow.aep.entities import Entity, get_source_name
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import FlowServiceError

PASSED: Final = "passed"
FAILED: Final = "failed"
NOT_RUN: Final = "not run"
"""Nobody knows whether the connection works: the service failed, refused, or did not answer in time."""

_MAX_PARALLEL: Final = 4
"""The number of parallel tests, as in the provider; Adobe publishes no limit."""


def test_connections(
    service: FlowServiceClient, connections: Sequence[Entity], report_step: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Return the result of each test, in the order of the connections.

    Args:
        service: The client of the sandbox.
        connections: The base connections.
        report_step: Called with the name and the result of each connection when its test ends.
    """
    with ThreadPoolExecutor(_MAX_PARALLEL) as pool:
        futures = [pool.submit(_test_connection, service, connection) for connection in connections]
        try:
            for future in as_completed(futures):
                row = future.result()
                report_step(f"{row['name']}: {row['result']}")
        except BaseException:
            # Ctrl-C ends the command after the tests that have begun, not after those that wait.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        return [future.result() for future in futures]


def _test_connection(service: FlowServiceClient, connection: Entity) -> dict[str, Any]:
    start, reason = time.monotonic(), None
    try:
        result = PASSED if service.test_connection("connections", str(connection.get("id"))) else FAILED
    except FlowServiceError as error:
        result, reason = NOT_RUN, error.message
    return {
        "id": str(connection.get("id")),
        "name": connection.get("name"),
        "source": get_source_name(connection),
        "result": result,
        "reason": reason,
        "seconds": round(time.monotonic() - start, 1),
    }
