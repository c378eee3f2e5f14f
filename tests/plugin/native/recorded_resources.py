"""The resources of a recorded state of the dynamic adapter, and what a native program gives for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.plugin.native.program_inputs import list_input_names
from pulumi_adobe.plugin.state_format import find_state_format
from tests.plugin.native.native_client import build_urn
from tests.stack.states.recorded import RecordedState

SECRET: Final = "made-up-secret-of-a-source-5c1e"


@dataclass(frozen=True)
class RecordedResource:
    """One resource, secrets in clear; ``given`` are the inputs of a native program."""

    urn: str
    id: str
    type_name: str
    outputs: dict[str, Any]
    given: dict[str, Any]


def list_recorded_resources() -> list[RecordedResource]:
    deployment = json.loads(RecordedState("2026-11").stack_file.read_text("utf-8"))["deployment"]
    return [
        _convert(each) for each in deployment["resources"] if each["type"].startswith("pulumi-python:dynamic/adobe:")
    ]


def _convert(resource: dict[str, Any]) -> RecordedResource:
    resource_type = find_state_format(resource["type"]).find_resource_type(resource["type"])
    assert resource_type is not None
    inputs, outputs = _reveal(resource["inputs"]), _reveal(resource["outputs"])
    names = list_input_names(resource_type.schema)
    # The owner of the recorded state is flow-connections/dev/name.
    urn = build_urn(resource_type.name, resource["urn"].rpartition("::")[2]).replace(
        "::project::", "::flow-connections::"
    )
    given = {name: value for name, value in inputs.items() if name in names}
    return RecordedResource(urn, resource["id"], resource_type.name, outputs, given)


def _reveal(value: Any) -> Any:
    if isinstance(value, dict):
        return SECRET if "ciphertext" in value else {name: _reveal(member) for name, member in value.items()}
    return [_reveal(item) for item in value] if isinstance(value, list) else value
