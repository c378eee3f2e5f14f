"""Flow Service's connection test, and what its result means.

Adobe: flow-service.yaml, `GET /connections/{id}/test`.
"""

from __future__ import annotations

from pulumi_adobe.advice import advise_on_failed_test
from pulumi_adobe.errors import Cancelled
from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.lifecycle.errors import ConnectionTestFailed
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.sources import find_declared_spec


def run_test_after_create(operation: ResourceOperation, id_: str) -> ConnectionTestFailed | Cancelled | None:
    """Test a connection after its creation, and return the failure, or the cancellation, that must stop the run.

    None means that the test passed, that its failure is only a warning, or that it could not be run.
    """
    return _run_test(operation, id_, failing_modes=("fail",))


def run_test_after_update(operation: ResourceOperation, id_: str) -> ConnectionTestFailed | Cancelled | None:
    """Test a connection after an update that sent auth parameters or no patch; like `run_test_after_create`.

    A failure stops the run in the mode `auto`, too.
    """
    return _run_test(operation, id_, failing_modes=("fail", "auto"))


def _run_test(
    operation: ResourceOperation, id_: str, failing_modes: tuple[str, ...]
) -> ConnectionTestFailed | Cancelled | None:
    mode = str(operation.inputs.get("test") or operation.context.options.test)
    if mode == "off" or not operation.resource_schema.has_connection_test:
        return None
    subject = operation.describe(id_)
    try:
        passed = operation.service.test_connection(operation.collection, id_)
    except Cancelled as error:
        return error
    except FlowServiceError as error:
        operation.context.show_message(f"warning: {subject} could not be tested: {error.message}")
        return None
    if passed:
        return None
    spec = find_declared_spec(operation.inputs)
    likely_causes = advise_on_failed_test(spec.source if spec else None)
    failure = ConnectionTestFailed(f"{subject}: Flow Service's connection test failed.", likely_causes)
    if mode in failing_modes:
        return failure
    operation.context.show_message(f"warning: {failure.message} {failure.hint}")
    return None
