"""A replacement never destroys what works, with the real engine: successors are created before predecessors go."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import ON_BOTH_ADAPTERS
from tests.stack.pipelines import BY_PASSWORD, COLLECTIONS, CUSTOMERS, DAILY, Pipelines, Program, build_program

ONCE = {"frequency": "once"}


@pytest.fixture
def stack(tmp_path: Path, emulator: EmulatorProcess, adapter: str) -> Pipelines:
    return Pipelines(tmp_path / "pipelines", emulator, adapter)


@pytest.fixture
def live(stack: Pipelines) -> Pipelines:
    """One pipeline, running, and the journal empty."""
    stack.up(build_program())
    stack.emulator.clear_journal()
    return stack


def change(kind: str, name: str, *, program: Program | None = None, **fields: Any) -> Program:
    """Return the program with other arguments of one resource."""
    changed = copy.deepcopy(program or build_program())
    changed[kind][name].update(fields)
    return changed


COLUMNS = [{"name": "order_id"}, {"name": "amount"}, {"name": "ordered_at"}]
OTHER_TABLE = change(
    "flows",
    "orders-flow",
    mapping={"email": "_id"},
    schedule={**DAILY, "delta_column": "updated_at"},
    program=change("sources", "orders", table="acme.customers"),
)


def assert_works(stack: Pipelines, before: dict[str, dict[str, list[str]]]) -> None:
    """Assert that the dataflow of before still exists, enabled, with its source and target."""
    (flow_id,) = before["flows"]["orders-flow"]
    (flow,) = [flow for flow in stack.entities("flows") if flow["id"] == flow_id]
    assert flow["state"] == "enabled"
    for kind, name in (("bases", "shop"), ("sources", "orders"), ("targets", "lake")):
        assert before[kind][name][0] in stack.ids(kind)[name]


def assert_one_of_each(stack: Pipelines) -> None:
    """Assert that nothing is left over, and that the state knows what there is."""
    for kind, ids in stack.snapshot().items():
        for name, entities in ids.items():
            assert entities == [stack.project.output(name)], (kind, name)
    assert not any(resource.get("delete") for resource in stack.project.state())


@ON_BOTH_ADAPTERS
def test_another_table_creates_the_successors_first(live: Pipelines) -> None:
    before = live.snapshot()

    live.up(OTHER_TABLE)

    assert live.writes() == [
        "POST sourceConnections",
        "POST flows",
        "DELETE flows",
        "DELETE sourceConnections",
    ]
    assert_one_of_each(live)
    assert live.ids("sources") != before["sources"]
    assert live.ids("targets") == before["targets"]


def test_a_misspelt_table_leaves_the_old_pipeline_and_a_corrected_up_finishes(live: Pipelines) -> None:
    before = live.snapshot()

    refused = live.up(change("sources", "orders", table="acme.order"), succeeds=False).text

    assert "acme.order" in refused
    assert live.writes() == []
    assert_works(live, before)
    live.up(OTHER_TABLE)
    assert_one_of_each(live)


@pytest.mark.parametrize("ownership", ["none", pytest.param("description", marks=pytest.mark.large)])
def test_columns_that_do_not_fit_leave_the_old_pipeline_and_a_corrected_up_finishes(
    stack: Pipelines, ownership: str
) -> None:
    """The columns are compared before the new source connection is created."""
    stack.project.write_config(**{"adobe:ownership": ownership})
    stack.up(build_program())
    before = stack.snapshot()
    misfit = change("sources", "orders", table="acme.customers")

    refused = [stack.up(misfit, *flags, succeeds=False).text for flags in ((), ("--refresh",))]

    assert all("mapping.order_id" in text for text in refused)
    assert stack.ids("sources") == before["sources"]
    assert_works(stack, before)
    stack.up(change("sources", "orders", columns=COLUMNS))
    assert_one_of_each(stack)
    assert "0 to" not in stack.project.preview("--expect-no-changes").text


def test_a_destroy_after_a_failed_replacement_leaves_nothing(live: Pipelines) -> None:
    live.emulator.fault("POST /flows", status=400, times=1)
    live.up(OTHER_TABLE, succeeds=False)
    assert len(live.ids("sources")["orders"]) == 2

    live.project.destroy()

    assert live.snapshot() == {kind: {} for kind in COLLECTIONS}


def test_a_dataflow_that_is_refused_leaves_the_old_one(live: Pipelines) -> None:
    before = live.snapshot()
    live.emulator.fault("POST /flows", status=400, times=1)

    refused = live.up(OTHER_TABLE, succeeds=False).text

    assert "othing was" not in refused
    assert_works(live, before)
    live.up(OTHER_TABLE)
    assert_one_of_each(live)


@pytest.mark.parametrize(
    ("first", "second", "adapter"),
    [(ONCE, DAILY, "dynamic"), (DAILY, ONCE, "dynamic"), (ONCE, ONCE, "dynamic"), (ONCE, DAILY, "native")],
)
def test_a_one_time_dataflow_goes_right_before_its_successor_is_created(
    stack: Pipelines, first: dict[str, Any], second: dict[str, Any]
) -> None:
    stack.up(build_program(first))
    stack.emulator.clear_journal()

    stack.up(change("sources", "orders", columns=COLUMNS, program=build_program(second)))

    assert stack.writes() == [
        "POST sourceConnections",
        "DELETE flows",
        "POST flows",
        "DELETE sourceConnections",
    ]
    assert_one_of_each(stack)


def test_a_base_connection_in_use_is_replaced_create_first(live: Pipelines) -> None:
    before = live.snapshot()

    preview = live.up(change("bases", "shop", **BY_PASSWORD))

    assert preview.exit_code == 0
    created = ["POST connections", "POST sourceConnections", "POST flows"]
    assert live.writes() == [*created, "DELETE flows", "DELETE sourceConnections", "DELETE connections"]
    assert_one_of_each(live)
    assert live.ids("bases") != before["bases"]


def test_an_unused_base_connection_is_deleted_first(stack: Pipelines) -> None:
    program: Program = {"bases": build_program()["bases"]}
    stack.up(program)
    stack.emulator.clear_journal()

    stack.up(change("bases", "shop", program=program, **BY_PASSWORD))

    assert stack.writes() == ["DELETE connections", "POST connections"]
    (connection,) = stack.entities("bases")
    assert connection["auth"]["specName"] == BY_PASSWORD["auth_spec"]
    stack.emulator.clear_journal()
    stack.project.preview("--expect-no-changes")
    assert stack.emulator.journal() == []


@pytest.mark.parametrize("ownership", ["none", "description"])
@pytest.mark.parametrize(("kind", "name"), [("sources", "orders"), ("bases", "shop")])
def test_up_replace_after_a_refresh_creates_the_successor_first(
    stack: Pipelines, kind: str, name: str, ownership: str
) -> None:
    stack.project.write_config(**{"adobe:ownership": ownership})
    stack.up(build_program())
    before = stack.snapshot()
    stack.emulator.clear_journal()

    stack.project.up("--refresh", "--replace", stack.urn(name))

    assert stack.writes()[0] == f"POST {COLLECTIONS[kind]}"
    assert_one_of_each(stack)
    assert stack.ids(kind) != before[kind]


@pytest.mark.parametrize(("kind", "name"), [("sources", "orders"), ("bases", "shop")])
def test_up_replace_without_a_refresh_is_refused_and_names_it(live: Pipelines, kind: str, name: str) -> None:
    """The engine checks a resource that `--replace` names as if it were new, so nothing shows what it replaces."""
    before = live.snapshot()

    refused = live.project.up("--replace", live.urn(name), succeeds=False).text

    assert before[kind][name][0] in refused
    assert "pulumi up --refresh --replace" in refused
    assert live.snapshot() == before


def test_a_service_that_refuses_the_second_name_loses_nothing_and_the_error_names_the_option(live: Pipelines) -> None:
    before = live.snapshot()
    live.emulator.switch(unique_names="on")

    refused = live.up(OTHER_TABLE, succeeds=False).text

    assert "delete_before_replace=True" in refused
    assert before["sources"]["orders"][0] in refused
    assert live.snapshot() == before
    live.up(change("sources", "orders", program=OTHER_TABLE, delete_before_replace=True))
    assert live.writes() == ["DELETE flows", "DELETE sourceConnections", "POST sourceConnections", "POST flows"]
    assert_one_of_each(live)


def test_a_new_dataset_leaves_the_old_target_until_the_dataflow_has_moved(live: Pipelines) -> None:
    before = live.snapshot()

    refused = live.up(change("targets", "lake", dataset_id=CUSTOMERS), succeeds=False).text

    assert "_acme.amount" in refused
    assert_works(live, before)


@ON_BOTH_ADAPTERS
def test_renamed_resource_gets_the_advice_to_add_an_alias_which_keeps_it(live: Pipelines) -> None:
    before = live.snapshot()
    renamed = build_program()
    renamed["flows"]["shop-orders"] = {**renamed["flows"].pop("orders-flow"), "name": "orders-flow"}

    refused = live.up(renamed, succeeds=False).text

    assert refused.index("aliases=[pulumi.Alias(name=") < refused.index("ADOBE_ADOPT=")
    live.up(change("flows", "shop-orders", program=renamed, alias="orders-flow"))
    assert live.snapshot() == before
