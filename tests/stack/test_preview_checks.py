"""A preview reports what it can know, with the real engine: certain failures are red, everything else one warning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import OTHER_ORG, PROGRAMS, Outcome, StackProject

CLUSTER = "0612-200003-abc123"
PIPELINE = "flow-connections:pipeline"
ORDERS: dict[str, Any] = {"tables": {"orders": "acme.orders"}}


@pytest.fixture
def shop(tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    """A stack that declares a base connection and nothing on it."""
    return StackProject(tmp_path / "shop", emulator, PROGRAMS / "preview_checks")


@pytest.fixture
def live(shop: StackProject) -> StackProject:
    """The same with a pipeline on it, made."""
    shop.write_config(**{PIPELINE: ORDERS})
    shop.up()
    shop.emulator.clear_journal()
    return shop


def _has_written(emulator: EmulatorProcess) -> bool:
    return any(request["effect"] for request in emulator.journal())


def _refuse(project: StackProject, *facts: str) -> None:
    """Both commands fail with these facts, and write nothing."""
    project.emulator.clear_journal()
    for outcome in (project.preview(succeeds=False), project.up(succeeds=False)):
        assert all(fact in outcome.text for fact in facts), outcome.text
        assert "Traceback" not in outcome.text
    assert not _has_written(project.emulator)


def _get_warnings(outcome: Outcome) -> list[str]:
    """Return the warnings, each of which the engine also shows while it works."""
    return [line for line in outcome.stdout.partition("Diagnostics:")[2].splitlines() if "warning: " in line]


def test_wrong_client_secret_is_a_red_preview(shop: StackProject) -> None:
    shop.env["ADOBE_CLIENT_SECRET"] = "wrong-secret-123"
    _refuse(shop, "401", "ADOBE_CLIENT_SECRET")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("adobe:sandbox", "nosuch"), ("adobe:orgId", "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg")],
    ids=["sandbox", "organization"],
)
def test_unknown_place_is_a_red_preview(shop: StackProject, setting: str, value: str) -> None:
    shop.write_config(**{setting: value})
    _refuse(shop, setting)


def test_changed_resource_with_a_wrong_client_secret_is_a_red_preview(live: StackProject) -> None:
    live.write_config(**{"flow-connections:base": {"access_token": "dapi-engine-test-2"}})
    live.env["ADOBE_CLIENT_SECRET"] = "wrong-secret-123"
    _refuse(live, "401", "ADOBE_CLIENT_SECRET")


def test_resource_of_another_organization_is_a_red_preview(live: StackProject) -> None:
    live.write_config(**{"adobe:orgId": OTHER_ORG, "flow-connections:base": {"access_token": "dapi-engine-test-2"}})
    _refuse(live, "adobe:orgId")


MISTAKES = [
    ({"tables": {"orders": "acme.order"}}, ("acme.order", "did you mean acme.orders?")),
    ({**ORDERS, "delta_column": "orderd_at"}, ("schedule.delta_column", "did you mean ordered_at?")),
    ({**ORDERS, "delta_column": "amount"}, ("schedule.delta_column", "amount", "number")),
    ({**ORDERS, "mapping": {"order_id": "_idd"}}, ("_idd", "did you mean _id?")),
    ({**ORDERS, "dataset": "6889f4f89b982b2b90bc1299"}, ("dataset_id", "6889f4f89b982b2b90bc1299")),
]


@pytest.mark.parametrize(("pipeline", "facts"), MISTAKES, ids=["table", "delta", "type", "path", "dataset"])
def test_mistake_on_an_existing_connection_is_a_red_preview(
    shop: StackProject, pipeline: dict[str, Any], facts: tuple[str, ...]
) -> None:
    shop.up()
    shop.write_config(**{PIPELINE: pipeline})
    shop.emulator.clear_journal()

    text = shop.preview(succeeds=False).text

    assert all(fact in text for fact in facts), text
    assert not _has_written(shop.emulator)


def test_mistakes_in_a_live_stack_are_red_previews(live: StackProject) -> None:
    for pipeline, facts in MISTAKES[:2]:
        live.write_config(**{PIPELINE: pipeline})
        _refuse(live, *facts)


def test_everything_new_with_a_misspelt_table_stops_before_the_source_connection(shop: StackProject) -> None:
    shop.write_config(**{PIPELINE: MISTAKES[0][0]})
    assert shop.preview().exit_code == 0

    text = shop.up(succeeds=False).text

    assert all(fact in text for fact in MISTAKES[0][1]), text
    assert len(shop.emulator.connections()) == 1
    assert shop.emulator.entities()["sourceConnections"] == []


@pytest.mark.parametrize(
    ("pipeline", "facts"),
    [MISTAKES[1], ({**ORDERS, "mapping": {"ordr_id": "_id"}}, ("mapping.ordr_id", "did you mean order_id?"))],
    ids=["delta", "mapped"],
)
def test_everything_new_with_a_misspelt_column_stops_before_the_source_connection(
    shop: StackProject, pipeline: dict[str, Any], facts: tuple[str, ...]
) -> None:
    shop.write_config(**{PIPELINE: pipeline})

    text = shop.up(succeeds=False).text

    assert all(fact in text for fact in ('Dataflow "orders-daily"', *facts)), text
    assert len(shop.emulator.connections()) == 1
    assert shop.emulator.entities()["sourceConnections"] == []
    shop.write_config(**{PIPELINE: ORDERS})
    shop.up()
    assert not {"dataflowColumns", "sourceOwner"} & set(shop.resource("orders")["inputs"])


def test_everything_new_with_a_wrong_path_is_a_red_preview(shop: StackProject) -> None:
    shop.write_config(**{PIPELINE: MISTAKES[3][0]})
    text = shop.preview(succeeds=False).text
    assert all(fact in text for fact in MISTAKES[3][1]), text


def test_stopped_cluster_is_one_warning(shop: StackProject) -> None:
    shop.up()
    shop.emulator.set_scenario(clusters={CLUSTER: "stopped"})
    shop.write_config(**{PIPELINE: {"tables": {"orders": "acme.orders", "second": "acme.order", "third": "acme.x"}}})

    outcome = shop.preview()

    (warning,) = _get_warnings(outcome)
    assert "cluster is not running" in warning


def test_changed_token_and_table_are_a_green_preview_and_an_update(live: StackProject) -> None:
    views = [{"where": {"catalog": "main"}, "show": ["acme.orders"]}, {"where": {"catalog": ""}, "show": ["old.*"]}]
    live.emulator.set_scenario(tables=views)
    live.write_config(
        **{
            "flow-connections:base": {"access_token": "dapi-engine-test-2", "catalog": "main"},
            PIPELINE: {"tables": {"orders": "acme.orders", "second": "acme.orders"}},
        }
    )

    outcome = live.preview()
    live.up()

    (warning,) = _get_warnings(outcome)
    assert "this program changes" in warning
    assert len(live.emulator.entities()["sourceConnections"]) == 2


def test_mode_error_refuses_what_could_not_be_checked(shop: StackProject) -> None:
    shop.up()
    shop.emulator.set_scenario(clusters={CLUSTER: "stopped"})
    shop.env["ADOBE_PREVIEW_CHECKS"] = "error"
    shop.write_config(**{PIPELINE: ORDERS})

    text = shop.preview(succeeds=False).text

    assert all(fact in text for fact in ("acme.orders was not checked", "cluster is not running"))


def test_mode_warn_turns_certain_problems_into_warnings(shop: StackProject) -> None:
    shop.up()
    shop.env["ADOBE_PREVIEW_CHECKS"] = "warn"
    shop.write_config(**{PIPELINE: {"tables": {"orders": "acme.order"}, "dataset": "6889f4f89b982b2b90bc1299"}})

    warnings = _get_warnings(shop.preview())

    assert sorted(warning.partition("warning: ")[2].split()[0] for warning in warnings) == [
        "SourceConnection",
        "TargetConnection",
    ]


def test_mode_off_asks_nothing(shop: StackProject) -> None:
    shop.env["ADOBE_PREVIEW_CHECKS"] = "off"
    shop.write_config(**{PIPELINE: {"tables": {"orders": "acme.order"}}})

    assert _get_warnings(shop.preview()) == []
    assert shop.emulator.journal() == []


def test_mode_of_the_environment_holds_for_explicit_providers(shop: StackProject) -> None:
    url = shop.emulator.url
    place = {"org_id": OTHER_ORG, "sandbox": "nosuch", "endpoint": url, "ims_endpoint": url}
    shop.write_config(**{"flow-connections:place": {**place, "client_id": "emulator-client-id"}})
    shop.preview(succeeds=False)
    shop.env["ADOBE_PREVIEW_CHECKS"] = "off"
    shop.emulator.clear_journal()

    shop.preview()

    assert shop.emulator.journal() == []


def test_service_that_is_down_is_one_warning_of_a_first_preview(shop: StackProject) -> None:
    names = [f"orders-{number}" for number in range(6)]
    shop.write_config(
        **{"adobe:endpoint": "http://127.0.0.1:9", PIPELINE: {"tables": dict.fromkeys(names, "acme.orders")}}
    )

    assert len(_get_warnings(shop.preview())) == 1


def test_renamed_resource_needs_no_service(live: StackProject) -> None:
    live.write_config(**{"adobe:endpoint": "http://127.0.0.1:9", "flow-connections:lake": "renamed"})

    outcome = live.preview("--expect-no-changes")

    assert _get_warnings(outcome) == []
    assert live.emulator.journal() == []


FIVE = {"tables": {f"orders-{number}": "acme.orders" for number in range(5)}}
BAD = {"tables": {**FIVE["tables"], "orders-2": "acme.order"}}


def _list_flows(project: StackProject) -> list[str]:
    return sorted(flow["name"] for flow in project.emulator.entities()["flows"])


def test_one_bad_resource_of_five_stops_the_preview_and_so_the_run(shop: StackProject) -> None:
    shop.up()
    shop.write_config(**{PIPELINE: BAD})
    shop.emulator.clear_journal()

    outcome = shop.pulumi("up", "--yes", "--continue-on-error", succeeds=False)

    assert "acme.order (" in outcome.text
    assert not _has_written(shop.emulator)


def test_update_without_a_preview_creates_valid_resources_and_loses_nothing(shop: StackProject) -> None:
    shop.up()
    shop.write_config(**{PIPELINE: BAD})

    outcome = shop.up("--continue-on-error", succeeds=False)

    assert "acme.order (" in outcome.text
    assert "orders-2-daily" not in _list_flows(shop)
    sources = shop.emulator.entities()["sourceConnections"]
    assert "orders-2 of the shop" not in {source["name"] for source in sources}
    created_ids = {source["id"] for source in sources}
    assert created_ids <= {resource.get("id") for resource in shop.state()}
    shop.write_config(**{PIPELINE: FIVE})
    shop.up()
    assert len(_list_flows(shop)) == 5


def test_a_create_that_is_refused_stops_only_what_depends_on_it(shop: StackProject) -> None:
    shop.up()
    shop.emulator.switch(source_names="create")
    shop.env["ADOBE_PREVIEW_CHECKS"] = "off"
    shop.write_config(**{PIPELINE: {**BAD, "columns": [{"name": "order_id"}, {"name": "ordered_at"}]}})

    shop.up("--continue-on-error", succeeds=False)

    assert _list_flows(shop) == [f"orders-{number}-daily" for number in (0, 1, 3, 4)]


def test_preview_without_changes_sends_nothing(live: StackProject) -> None:
    live.preview("--expect-no-changes")
    assert live.emulator.journal() == []
    assert "sourceOwner" not in live.resource("orders-daily")["inputs"]
