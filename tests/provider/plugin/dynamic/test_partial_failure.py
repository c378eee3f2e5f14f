"""A partial failure reaches the engine with id, outputs and reason, so that the state keeps the entity."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import provider_pb2, status_pb2

from pulumi_adobe.plugin.dynamic.call import CallAborted
from pulumi_adobe.plugin.dynamic.partial_failure import report_partial_failure
from tests.provider.plugin.dynamic.grpc_context import RecordingContext, serve

OUTPUTS = {"name": "lake", "etag": '"1"', "params": {"port": 443}, "__provider": "gASV"}


def test_engine_gets_id_outputs_and_reason() -> None:
    context = RecordingContext()

    with pytest.raises(CallAborted):
        serve(context, lambda: report_partial_failure("id-1", OUTPUTS, "the test failed"))

    (status,) = context.statuses
    metadata: dict[str, Any] = dict(status.trailing_metadata)
    packed_status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    detail = provider_pb2.ErrorResourceInitFailed()
    assert packed_status.details[0].Unpack(detail)
    assert status.details == packed_status.message == "the test failed"
    assert status.code.value[0] == packed_status.code
    assert (detail.id, list(detail.reasons)) == ("id-1", ["the test failed"])
    assert MessageToDict(detail.properties) == OUTPUTS


def test_partial_failure_outside_a_call_is_not_reported() -> None:
    assert report_partial_failure("id-1", OUTPUTS, "the test failed") is None  # type: ignore[func-returns-value]  # it returns
