"""Source connections, target connections and dataflows of two sandboxes, created and changed by plain HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.command_line import AdobeFlow
from tests.cli.compare.pipelines import START, Pipeline, SandboxClient, list_fields, open_sandbox
from tests.emulator_process import EmulatorProcess
from tests.hand_made.fill import HandMade, fill_families

pytestmark = pytest.mark.slow

DAY = 86_400


def test_entities_that_differ_only_in_ids_are_equal(
    adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient
) -> None:
    assert dev.dataset != stage.dataset
    first, second = dev.create_pipeline(), stage.create_pipeline()
    assert not {*vars(first).values()} & {*vars(second).values()}

    said = adobe_flow("compare", "dev", "stage", "--json")

    assert list_fields(said) == []
    assert (said.exit_code, said.json["equal"], said.json["notes"]) == (0, 4, [])
    counts = ("connections", "sourceConnections", "targetConnections", "dataflows")
    assert [said.json["b"][name] for name in counts] == [1, 1, 1, 1]


def test_only_planted_changes_differ_in_a_sandbox_of_every_source_family(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    filled = [fill_families(emulator.url, sandbox) for sandbox in ("dev", "stage")]

    said = adobe_flow("compare", "dev", "stage", "--json")

    assert list_fields(said) == []
    assert (said.exit_code, said.json["equal"]) == (0, filled[0].count)
    # Nor is the address of a connection to the HTTP API a secret.
    assert {each["source"] for each in said.json["notCompared"]} == {
        "amazon-s3",
        "azure-event-hubs",
        "mailchimp-members",
    }

    person = HandMade(emulator.url, "stage")
    hub_source = filled[1].ids["sourceConnections"][3]
    (entity,) = person.adobe.get(f"/sourceConnections/{hub_source}").json()["items"]
    patch = [{"op": "replace", "path": "/params/consumerGroup", "value": "other"}]
    headers = {"If-Match": entity["etag"]}
    assert person.adobe.send("PATCH", f"/sourceConnections/{hub_source}", json=patch, headers=headers).ok

    changed = ("source connection", "parameters.consumerGroup", "adobe", "other")
    assert list_fields(adobe_flow("compare", "dev", "stage", "--json")) == [changed]


def test_missing_entity_is_named_with_its_kind(adobe_flow: AdobeFlow, dev: SandboxClient) -> None:
    dev.create_pipeline()

    said = adobe_flow("compare", "dev", "stage", "--json")

    missing = [(each["kind"], each["entity"], each["a"]["name"]) for each in said.json["differences"]]
    assert missing == [
        ("missing-in-b", "base connection", "orders lake"),
        ("missing-in-b", "source connection", "orders table"),
        ("missing-in-b", "target connection", "orders dataset"),
        ("missing-in-b", "dataflow", "orders daily"),
    ]
    assert said.json["differences"][3]["a"]["source"] == "databricks"


Change = Callable[[SandboxClient, Pipeline], Any]

CHANGES: list[tuple[str, Change, tuple[str, str, Any, Any]]] = [
    (
        "auth parameter",
        lambda sandbox, ids: sandbox.patch(
            "connections",
            ids.base,
            "/auth/params",
            {"domain": "https://acme.example", "clusterId": "c-2", "accessToken": "x", "database": "acme-db"},
        ),
        ("base connection", "parameters.clusterId", "c-1", "c-2"),
    ),
    (
        "description",
        lambda sandbox, ids: sandbox.patch("targetConnections", ids.target, "/description", "new"),
        ("target connection", "description", None, "new"),
    ),
    (
        "interval",
        lambda sandbox, ids: sandbox.patch("flows", ids.flow, "/scheduleParams/interval", 2),
        ("dataflow", "schedule.interval", 1, 2),
    ),
    (
        "start",
        lambda sandbox, ids: sandbox.patch("flows", ids.flow, "/scheduleParams/startTime", START + DAY),
        ("dataflow", "schedule.startTime", "2100-01-01T00:00:00Z", "2100-01-02T00:00:00Z"),
    ),
    (
        "option",
        lambda sandbox, ids: sandbox.patch("flows", ids.flow, "/options/partialIngestionPercent", 10),
        ("dataflow", "options.partialIngestionPercent", 5, 10),
    ),
    (
        "delta column",
        lambda sandbox, ids: sandbox.patch(
            "flows", ids.flow, "/transformations/0", {"name": "Copy", "params": {"deltaColumn": {"name": "amount"}}}
        ),
        ("dataflow", "deltaColumn", "ordered_at", "amount"),
    ),
    (
        "state",
        lambda sandbox, ids: sandbox.send("POST", f"/flowservice/flows/{ids.flow}/action?op=disable"),
        ("dataflow", "state", "enabled", "disabled"),
    ),
]


@pytest.mark.parametrize(("change", "expected"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES])
def test_one_changed_field_is_one_difference(
    adobe_flow: AdobeFlow,
    dev: SandboxClient,
    stage: SandboxClient,
    change: Change,
    expected: tuple[str, str, Any, Any],
) -> None:
    dev.create_pipeline()
    change(stage, stage.create_pipeline())

    assert list_fields(adobe_flow("compare", "dev", "stage", "--json")) == [expected]


def test_option_at_its_default_equals_a_missing_option(
    adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient
) -> None:
    dev.create_pipeline()
    stage.create_pipeline(options={"partialIngestionPercent": 5, "errorDiagnosticsEnabled": False})

    assert adobe_flow("compare", "dev", "stage").exit_code == 0


@pytest.mark.parametrize(("days", "fields"), [(3, []), (4, ["schedule.startTime"])])
def test_later_start_is_the_same_schedule_if_it_is_the_first_possible_one(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, dev: SandboxClient, days: int, fields: list[str]
) -> None:
    start = int(time.time()) + 3_600
    schedule = {"frequency": "day", "interval": 1}
    dev.create_pipeline(scheduleParams={**schedule, "startTime": start})
    emulator.turn_clock(3 * DAY)
    with open_sandbox(emulator.url, "stage") as stage:
        stage.create_pipeline(scheduleParams={**schedule, "startTime": start + days * DAY})

    shown = list_fields(adobe_flow("compare", "dev", "stage", "--json"))

    assert [field for _, field, _, _ in shown] == fields


def test_mapping_is_compared_by_destination_and_not_by_id(
    adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient
) -> None:
    dev.create_pipeline()
    ids = stage.create_pipeline()
    mappings = [
        {"source": "${order_id}", "destination": "_id", "sourceType": "ATTRIBUTE"},
        {"source": "trim(customer_id)", "destination": "_acme.customerId", "sourceType": "EXPRESSION"},
        {"source": "order_id", "destination": "_acme.status", "sourceType": "ATTRIBUTE"},
    ]
    stage.send("PUT", f"/conversion/mappingSets/{ids.mapping_set}", json={"mappings": mappings})
    version = {"mappingId": ids.mapping_set, "mappingVersion": "1"}
    stage.patch("flows", ids.flow, "/transformations/1", {"name": "Mapping", "params": version})

    said = adobe_flow("compare", "dev", "stage", "--json")

    assert list_fields(said) == [
        ("dataflow", "mapping._acme.amount", "amount", None),
        ("dataflow", "mapping._acme.customerId", None, {"expression": "trim(customer_id)"}),
        ("dataflow", "mapping._acme.status", None, "order_id"),
    ]
    assert adobe_flow("compare", "dev", "stage", "--ignore", "mapping").exit_code == 0


def test_reference_to_an_entity_of_another_name_is_a_difference(
    adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient
) -> None:
    dev.create_pipeline()
    stage.create_dataset("ACME returns")
    stage.create_pipeline()

    assert list_fields(adobe_flow("compare", "dev", "stage", "--json")) == [
        ("target connection", "dataset", "ACME orders", "ACME returns")
    ]
