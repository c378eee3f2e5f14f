"""What Adobe refuses of a dataflow, with the real engine: the commands that the messages name lead on."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.pipelines import Pipelines, Program, build_program

pytestmark = pytest.mark.engine

FLOW = "orders-flow"


@pytest.fixture
def stack(tmp_path: Path, emulator: EmulatorProcess) -> Pipelines:
    return Pipelines(tmp_path / "pipelines", emulator)


def build(**arguments: Any) -> Program:
    """Return the program with these arguments of its dataflow."""
    program = copy.deepcopy(build_program())
    program["flows"][FLOW].update(arguments)
    return program


def test_refused_change_of_options_is_announced_and_the_named_command_replaces_the_dataflow(stack: Pipelines) -> None:
    stack.up(build())
    stack.emulator.switch(flow_options_update="refused")
    (old_id,) = stack.ids("flows")[FLOW]
    stack.declare(build(error_diagnostics=True))

    assert "error_diagnostics changes" in stack.project.preview().text
    refused = stack.project.up(succeeds=False).text
    assert "pulumi up --refresh --replace <URN>" in refused
    assert stack.ids("flows")[FLOW] == [old_id]

    stack.project.up("--refresh", "--replace", stack.urn(FLOW))
    (flow,) = stack.entities("flows")
    assert flow["id"] != old_id
    assert flow["options"] == {"errorDiagnosticsEnabled": True}


def test_hidden_dataflow_stays_in_the_state_until_somebody_says_that_it_was_deleted(stack: Pipelines) -> None:
    stack.up(build(labels=["core/C12"]))
    (old_id,) = stack.ids("flows")[FLOW]
    stack.emulator.set_scenario(withoutLabels={"emulator-client-id": ["core/C12"]})

    hidden = stack.project.refresh(succeeds=False).text

    assert old_id in hidden
    assert "pulumi state delete <URN>" in hidden
    assert stack.project.output(FLOW) == old_id
    stack.emulator.set_scenario()
    assert "unchanged" in stack.project.refresh().text

    stack.emulator.foreign_delete(old_id)
    assert "pulumi state delete <URN>" in stack.project.refresh(succeeds=False).text
    stack.project.pulumi("state", "delete", stack.urn(FLOW), "--yes")
    stack.project.up()
    (new,) = stack.entities("flows")
    assert new["labels"] == ["core/C12"]
