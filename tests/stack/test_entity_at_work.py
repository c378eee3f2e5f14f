"""Commands while Flow Service is at work: the real engine, and an emulator that takes its time."""

from __future__ import annotations

from typing import Any, Final

from tests.stack.project import StackProject

NAMES: Final = ("first", "second", "third")
STATES: Final = ("initializing", "updating", "enabling")


def _declare(project: StackProject, **fields: Any) -> None:
    project.declare(**{name: {"name": name, **fields} for name in NAMES})


def _leave_at_work(project: StackProject, **fields: Any) -> None:
    """Update all connections with a timeout so short that Flow Service is still at work on them afterwards."""
    _declare(project, **fields)
    project.env["ADOBE_TIMEOUT"] = "1"
    failed = project.up(succeeds=False)
    del project.env["ADOBE_TIMEOUT"]
    # Pulumi begins nothing more after the first error, so not each of them need have got as far as its wait.
    assert 'is still "updating"' in failed.text


def _assert_in_step(project: StackProject, **fields: Any) -> None:
    """Every connection is ready and as declared, and the state has its etag."""
    connections = {connection["name"]: connection for connection in project.emulator.connections()}
    assert set(connections) == set(NAMES)
    for name, connection in connections.items():
        outputs = project.resource(name)["outputs"]
        assert (outputs["state"], outputs["etag"]) == ("enabled", connection["etag"])
        assert {field: outputs[field] for field in fields} == fields


def test_every_command_waits_while_flow_service_initializes_or_updates_an_entity(project: StackProject) -> None:
    """Initializing and updating, each refused in several ways, with a create, updates, a refresh and a destroy."""
    emulator = project.emulator
    emulator.switch(initializing="2500ms", updating="3000ms", refusal_at_work="by_state")
    _declare(project)
    project.up()
    _assert_in_step(project)

    for number, refusal in enumerate(("1420-400", "409")):
        emulator.switch(refusal_at_work=refusal)
        _leave_at_work(project, description=f"number {number}")
        _declare(project, description=f"number {number}", clusterId=f"cluster-{number}")
        project.up()
        _assert_in_step(project, clusterId=f"cluster-{number}")

    emulator.switch(refusal_at_work="425")
    _leave_at_work(project, description="the last", clusterId="cluster-1")
    project.refresh()
    project.destroy()
    assert emulator.connections() == []


def test_command_that_times_out_waiting_reports_it_and_the_repeated_command_continues(project: StackProject) -> None:
    emulator = project.emulator
    _declare(project)
    project.up()
    project.write_config(**{"adobe:timeout": "3"})
    emulator.switch(updating="3600000ms")
    for fields in ({"description": "changed"}, {"clusterId": "changed"}):
        _declare(project, **{"description": "changed", **fields})

        failed = project.up(succeeds=False)

        assert failed.text.count('is still "updating" after 3 s') >= len(NAMES)
    emulator.turn_clock(3601)
    emulator.switch(updating="0")
    project.up()
    _assert_in_step(project, clusterId="changed")

    ids = {connection["name"]: connection["id"] for connection in emulator.connections()}
    for name, state in zip(NAMES, STATES, strict=True):
        emulator.foreign_edit(ids[name], [{"op": "add", "path": "/state", "value": state}])
    failed = project.destroy(succeeds=False)
    assert all(f'is still "{state}" after 3 s' in failed.text for state in STATES)
    for id_ in ids.values():
        emulator.foreign_edit(id_, [{"op": "add", "path": "/state", "value": "enabled"}])
    project.destroy()
    assert emulator.connections() == []
