"""States that an earlier version of the provider wrote keep working, without any change by their owners.

`python -m tests.stack.states` records one: the exported stack, and the entities of Flow Service that it names.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject
from tests.stack.states.recorded import NATIVE_PROGRAM, PROGRAM, RecordedState, create_project

YEAR = 365 * 86_400
WRITES = {"POST", "PATCH", "PUT", "DELETE"}


@pytest.fixture(params=[("2026-11", PROGRAM), ("2026-11-native", NATIVE_PROGRAM)], ids=lambda each: each[0])
def restored(request: pytest.FixtureRequest, tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    """A fresh stack with the recorded state, on a fresh emulator with the entities of the state, a year from now."""
    name, program = request.param
    project = create_project(tmp_path / "project", emulator, program)
    RecordedState(name).restore(project)
    emulator.turn_clock(YEAR)
    return project


def entities(emulator: EmulatorProcess) -> dict[str, list[dict[str, Any]]]:
    """Everything that a destroy deletes: all but runs and mapping sets, which nobody can delete."""
    kept = emulator.entities()
    kinds = ("sourceConnections", "targetConnections", "flows")
    return {"connections": emulator.connections(), **{kind: kept[kind] for kind in kinds}}


def properties(project: StackProject) -> dict[str, tuple[str, Any, Any]]:
    """Id, inputs and outputs of every resource of the state, by URN, secrets in clear: what is one may change."""
    deployment = json.loads(project.pulumi("stack", "export", "--show-secrets").stdout)["deployment"]
    return {
        each["urn"]: (each.get("id"), *(remove_pickle_protocol(each.get(part)) for part in ("inputs", "outputs")))
        for each in reveal(deployment["resources"])
    }


def reveal(value: Any) -> Any:
    """Return the value with each secret that the export shows in the place of its mark."""
    if isinstance(value, list):
        return [reveal(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "plaintext" in value:
        return json.loads(value["plaintext"])
    return {name: reveal(member) for name, member in value.items()}


def remove_pickle_protocol(values: Any) -> Any:
    """Leave out the number of the protocol, which is all that differs between Python 3.14 and older ones."""
    if not values or "__provider" not in values:
        return values
    return {**values, "__provider": base64.b64decode(values["__provider"])[2:]}


def writes(emulator: EmulatorProcess) -> list[str]:
    sent = [each for each in emulator.journal() if each["method"] in WRITES and not each["path"].startswith("/ims/")]
    return [f"{each['method']} {each['path']}" for each in sent]


def test_preview_refresh_and_up_find_no_change(restored: StackProject) -> None:
    """The refresh comes before the up: it calls the provider that the recorded state names, and an up renews that."""
    entities_before, properties_before = entities(restored.emulator), properties(restored)

    for run in (restored.preview, restored.refresh, restored.up):
        assert "unchanged" in run("--expect-no-changes").stdout

    assert properties(restored) == properties_before
    assert entities(restored.emulator) == entities_before
    assert writes(restored.emulator) == []


def test_destroy_deletes_every_entity(restored: StackProject) -> None:
    before = entities(restored.emulator)

    restored.destroy()

    assert all(before.values())
    assert not any(entities(restored.emulator).values())
    assert restored.state() == []
