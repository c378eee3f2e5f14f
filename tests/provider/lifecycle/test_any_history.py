"""Whatever is declared, edited by others and disturbed, in any order: the next `up` that is left alone heals it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from pulumi_adobe.flow_service.json_patch import PatchOperation
from tests.chaos.http_faults import FAULTS, ROUTES
from tests.chaos.one_stack import Stack, heal, policy, up
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import SECRET, World, build_inputs

NAMES = st.sampled_from(("a", "b", "c"))
CLUSTERS = st.sampled_from(("one", "two", "three"))
SECRETS = (SECRET, "emulator-client-secret")


class History(RuleBasedStateMachine):
    """One stack over its life; the model is what its program declares."""

    emulator: EmulatorProcess
    ownership: str

    def __init__(self) -> None:
        super().__init__()
        self.emulator.reset()
        self.world = World(self.emulator)
        self.stack = Stack()
        self.declared: dict[str, dict[str, Any]] = {}
        self.said: list[str] = []
        self.stands = True

    # Nobody can know of what a failed create made, if the program does not name it any more: a set that stands changes.
    @precondition(lambda self: self.stands)
    @rule(name=NAMES, cluster=CLUSTERS)
    def declare(self, name: str, cluster: str) -> None:
        self.declared[name] = build_inputs(name=name, clusterId=cluster, owner=f"project/dev/{name}")

    @precondition(lambda self: self.stands and self.declared)
    @rule(data=st.data())
    def take_out(self, data: st.DataObject) -> None:
        del self.declared[data.draw(st.sampled_from(sorted(self.declared)))]

    @rule(name=NAMES, cluster=CLUSTERS)
    def somebody_edits(self, name: str, cluster: str) -> None:
        change: PatchOperation = {"op": "replace", "path": "/auth/params/clusterId", "value": cluster}
        for entity in self._there(name):
            self.world.start_process().service.update("connections", entity["id"], [change], entity["etag"])

    @rule(name=NAMES)
    def somebody_deletes(self, name: str) -> None:
        for entity in self._there(name):
            self.world.start_process().service.delete("connections", entity["id"])

    @rule(route=st.sampled_from(ROUTES), fault=st.sampled_from(FAULTS), times=st.sampled_from((1, 2, 8)))
    def up_under_a_fault(self, route: str, fault: dict[str, Any], times: int) -> None:
        self.emulator.fault(route, **fault, times=times)
        self.said += up(self.world.start_process(policy(self.ownership)), self.stack, self.declared)
        self.emulator.clear_faults()
        self.stands = False

    @rule()
    def up_left_alone(self) -> None:
        self.said += heal(self.world, self.stack, self.declared, self.ownership)
        self.stands = True
        there = {entity["name"]: entity for entity in self._there()}
        assert len(there) == len(self._there()), "a duplicate"
        assert set(there) == set(self.declared)
        assert {name: entity["id"] for name, entity in there.items()} == {
            name: id_ for name, (id_, _) in self.stack.kept.items()
        }
        for name, entity in there.items():
            assert entity["auth"]["params"]["clusterId"] == self.declared[name]["clusterId"]
            assert entity["etag"] == self.stack.kept[name][1]["etag"]

    def teardown(self) -> None:
        self.up_left_alone()
        assert not [line for line in self.said for secret in SECRETS if secret in line]

    def _there(self, name: str | None = None) -> list[dict[str, Any]]:
        return [entity for entity in self.world.list_connections() if name in {None, entity["name"]}]


@pytest.fixture(params=["none", "description"])
def history(request: pytest.FixtureRequest, emulator: EmulatorProcess) -> Iterator[type[History]]:
    yield type("History", (History,), {"emulator": emulator, "ownership": request.param})
    emulator.reset()


def test_what_is_declared_is_there_once_and_nothing_else(history: type[History]) -> None:
    run_state_machine_as_test(
        history,
        settings=settings(
            max_examples=30, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
