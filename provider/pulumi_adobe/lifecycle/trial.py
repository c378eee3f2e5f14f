"""Flow Service's own test of a connection, and what its result means.

Adobe: flow-service.yaml, `GET /connections/{id}/test`; the reasons are those of the Databricks source page.
"""

from __future__ import annotations

from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.lifecycle.errors import ConnectionTestFailed
from pulumi_adobe.lifecycle.job import ResourceOperation

_LIKELY_CAUSES = (
    "Likely: the access token has expired or was revoked, the cluster does not run, Adobe's addresses are not on the "
    "workspace's IP allow list, or the staging SAS in the cluster's configuration is an old one."
)


def check_after_create(operation: ResourceOperation, id_: str) -> ConnectionTestFailed | None:
    """The failed test that must not stand; None where it passed, may fail, or could not be run."""
    return _run_test(operation, id_, failing_modes=("fail",))


def check_after_update(operation: ResourceOperation, id_: str) -> ConnectionTestFailed | None:
    """The same, after a change of what it authenticates with."""
    return _run_test(operation, id_, failing_modes=("fail", "auto"))


def _run_test(operation: ResourceOperation, id_: str, failing_modes: tuple[str, ...]) -> ConnectionTestFailed | None:
    mode = str(operation.inputs.get("test") or operation.context.options.test)
    if mode == "off" or not operation.resource_schema.has_connection_test:
        return None
    subject = operation.describe(id_)
    try:
        passed = operation.service.test_connection(operation.collection, id_)
    except FlowServiceError as error:
        operation.context.show_message(f"warning: {subject} could not be tested: {error.message}")
        return None
    if passed:
        return None
    failure = ConnectionTestFailed(f"{subject}: Flow Service's test of the connection failed.", _LIKELY_CAUSES)
    if mode in failing_modes:
        return failure
    operation.context.show_message(f"warning: {failure.message} {failure.hint}")
    return None
