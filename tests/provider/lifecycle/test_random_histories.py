"""Random declarations, foreign edits and faults in any order: the next `up` without faults repairs everything."""

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
from tests.property_examples import scale_examples
from tests.provider.lifecycle.world import SECRET, World, build_inputs

NAMES = st.sampled_from(("a", "b", "c"))
CLUSTERS = st.sampled_from(("one", "two", "three"))
SECRETS = (SECRET, "emulator-client-secret")


class History(RuleBasedStateMachine):
    """The life of one stack. The model is what its program declares."""

    emulator: EmulatorProcess
    ownership: str

    def __init__(self) -> None:
        super().__init__()
        self.emulator.reset()
        self.world = World(self.emulator)
        self.stack = Stack()
        self.declared: dict[str, dict[str, Any]] = {}
        self.messages: list[str] = []
        self.is_deployed = True

    # The program changes only after a complete deployment: nobody can know about the entity of a failed create that
    # the program no longer declares.
    @precondition(lambda self: self.is_deployed)
    @rule(name=NAMES, cluster=CLUSTERS)
    def declare_connection(self, name: str, cluster: str) -> None:
        self.declared[name] = build_inputs(name=name, clusterId=cluster, owner=f"project/dev/{name}")

    @precondition(lambda self: self.is_deployed and self.declared)
    @rule(data=st.data())
    def remove_declaration(self, data: st.DataObject) -> None:
        del self.declared[data.draw(st.sampled_from(sorted(self.declared)))]

    @rule(name=NAMES, cluster=CLUSTERS)
    def edit_as_somebody_else(self, name: str, cluster: str) -> None:
        patch_operation: PatchOperation = {"op": "replace", "path": "/auth/params/clusterId", "value": cluster}
        for entity in self._list_entities(name):
            service = self.world.start_process().service
            service.update("connections", entity["id"], [patch_operation], entity["etag"])

    @rule(name=NAMES)
    def delete_as_somebody_else(self, name: str) -> None:
        for entity in self._list_entities(name):
            self.world.start_process().service.delete("connections", entity["id"])

    @rule(route=st.sampled_from(ROUTES), fault=st.sampled_from(FAULTS), times=st.sampled_from((1, 2, 8)))
    def deploy_with_fault(self, route: str, fault: dict[str, Any], times: int) -> None:
        self.emulator.fault(route, **fault, times=times)
        self.messages += up(self.world.start_process(policy(self.ownership)), self.stack, self.declared)
        self.emulator.clear_faults()
        self.is_deployed = False

    @rule()
    def deploy_without_faults(self) -> None:
        self.messages += heal(self.world, self.stack, self.declared, self.ownership)
        self.is_deployed = True
        entities = {entity["name"]: entity for entity in self._list_entities()}
        assert len(entities) == len(self._list_entities()), "a duplicate"
        assert set(entities) == set(self.declared)
        assert {name: entity["id"] for name, entity in entities.items()} == {
            name: id_ for name, (id_, _) in self.stack.kept.items()
        }
        for name, entity in entities.items():
            assert entity["auth"]["params"]["clusterId"] == self.declared[name]["clusterId"]
            assert entity["etag"] == self.stack.kept[name][1]["etag"]

    def teardown(self) -> None:
        self.deploy_without_faults()
        assert not [message for message in self.messages for secret in SECRETS if secret in message]

    def _list_entities(self, name: str | None = None) -> list[dict[str, Any]]:
        return [entity for entity in self.world.list_connections() if name in {None, entity["name"]}]


@pytest.fixture(params=["none", "description"])
def history(request: pytest.FixtureRequest, emulator: EmulatorProcess) -> Iterator[type[History]]:
    yield type("History", (History,), {"emulator": emulator, "ownership": request.param})
    emulator.reset()


def test_every_declared_connection_exists_once_and_nothing_else_exists(history: type[History]) -> None:
    run_state_machine_as_test(
        history,
        settings=settings(
            max_examples=scale_examples(30),
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
