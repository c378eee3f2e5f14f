"""Flow Service's own test of base connections: passed, failed, or could not be run.

Adobe: flow-service.yaml, `GET /connections/{id}/test`; the service asks the source itself, which takes its time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any, Final

from adobe_flow.entities import Entity, source_of
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import FlowServiceError

PASSED: Final = "passed"
FAILED: Final = "failed"
NOT_RUN: Final = "not run"
"""Nobody knows whether the connection works: the service failed, refused, or did not answer in time."""

_AT_ONCE = 4
"""As many as the provider has under way; Adobe publishes no limit of tests."""


def tried(
    service: FlowServiceClient, connections: Sequence[Entity], tell: Callable[[str], None]
) -> list[dict[str, Any]]:
    """The result of each, in their order; ``tell`` hears of each as it ends."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        under_way = [pool.submit(_one, service, each) for each in connections]
        try:
            for done in as_completed(under_way):
                row = done.result()
                tell(f"{row['name']}: {row['result']}")
        except BaseException:
            # Ctrl-C ends the command with those that are under way, not with all that wait.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        return [each.result() for each in under_way]


def _one(service: FlowServiceClient, connection: Entity) -> dict[str, Any]:
    began, reason = time.monotonic(), None
    try:
        result = PASSED if service.test_connection("connections", str(connection.get("id"))) else FAILED
    except FlowServiceError as error:
        result, reason = NOT_RUN, error.message
    return {
        "id": str(connection.get("id")),
        "name": connection.get("name"),
        "source": source_of(connection),
        "result": result,
        "reason": reason,
        "seconds": round(time.monotonic() - began, 1),
    }
