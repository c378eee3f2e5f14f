from __future__ import annotations

from typing import Any

import pytest
from pulumi.automation import EngineEvent

from fleet_runner.events import ON_EMPTY_SIDECAR_FILE, FailureReason, extract_last_line, is_change

CONNECTION = "pulumi-python:dynamic/adobe:DatabricksSourceConnection"


def build_outputs_event(op: str, type_: str = CONNECTION) -> EngineEvent:
    metadata = {"op": op, "urn": "urn", "type": type_, "provider": ""}
    return EngineEvent.from_json({"sequence": 1, "timestamp": 1, "resOutputsEvent": {"metadata": metadata}})


def error(message: str, urn: str = "", severity: str = "error") -> EngineEvent:
    diagnostic: dict[str, Any] = {"message": message, "color": "never", "severity": severity, "urn": urn}
    return EngineEvent.from_json({"sequence": 1, "timestamp": 1, "diagnosticEvent": diagnostic})


@pytest.mark.parametrize(
    ("event", "counts"),
    [
        (build_outputs_event("create"), True),
        (build_outputs_event("update"), True),
        (build_outputs_event("delete"), True),
        (build_outputs_event("create-replacement"), True),
        (build_outputs_event("replace"), False),
        (build_outputs_event("delete-replaced"), False),
        (build_outputs_event("same"), False),
        (build_outputs_event("refresh"), False),
        (build_outputs_event("create", "pulumi:pulumi:Stack"), False),
        (build_outputs_event("create", "pulumi:providers:pulumi-python"), False),
        (build_outputs_event("create", "adobe:index:DatabricksSourceConnection"), True),
        (build_outputs_event("create", "pulumi:providers:adobe"), False),
        (error("x"), False),
    ],
)
def test_event_is_a_change_if_it_creates_updates_or_deletes(event: EngineEvent, counts: object) -> None:
    assert is_change(event) is counts


def test_failure_reason_is_the_error_of_a_resource_before_that_of_the_stack() -> None:
    failure = FailureReason()

    failure.record(error("only a warning", severity="warning"))
    failure.record(error("<{%reset%}>update failed<{%reset%}>", "urn:pulumi:a::fleet::pulumi:pulumi:Stack::fleet-a"))
    failure.record(error("first\n  line", f"urn:pulumi:a::fleet::{CONNECTION}::lake"))
    failure.record(error("second", f"urn:pulumi:a::fleet::{CONNECTION}::other"))

    assert failure.reason == "first line"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n code: 255\n stdout: \n stderr: error: no backend\n", "error: no backend"),
        ("\n code: -2\n stdout: \n stderr: \n", "the command ended before it printed anything"),
        (
            "\n code: 255\n stdout: \n stderr: error: failed to load checkpoint: EOF\n",
            f"error: failed to load checkpoint: EOF. {ON_EMPTY_SIDECAR_FILE}",
        ),
    ],
)
def test_failure_reason_of_a_command_without_events_is_its_last_output(text: str, reason: str) -> None:
    assert extract_last_line(text) == reason
