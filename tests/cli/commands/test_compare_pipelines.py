"""Source connections, target connections and dataflows of two sandboxes, created and changed by plain HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cli.command_line import AdobeFlow, Outcome, assert_valid
from tests.cli.compare.pipelines import START, Pipeline, SandboxClient, open_sandbox
from tests.emulator_process import EmulatorProcess

MAPPING_SET = "GET /data/foundation/conversion/mappingSets/{id}"
DAY = 86_400


@pytest.fixture
def dev(emulator: EmulatorProcess) -> Iterator[SandboxClient]:
    with open_sandbox(emulator.url, "dev") as sandbox:
        yield sandbox


@pytest.fixture
def stage(emulator: EmulatorProcess) -> Iterator[SandboxClient]:
    """Another sandbox, in which all ids are others."""
    with open_sandbox(emulator.url, "stage") as sandbox:
        sandbox.replace_dataset()
        yield sandbox


def list_fields(said: Outcome) -> list[tuple[str, str, Any, Any]]:
    """Return each field that differs: the kind of the entity, the field, and both values."""
    assert_valid(said, "compare")
    return [
        (difference["entity"], field["field"], field["a"], field["b"])
        for difference in said.json["differences"]
        for field in difference["fields"]
    ]


def test_what_differs_only_in_ids_is_equal(adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient) -> None:
    assert dev.dataset != stage.dataset
    first, second = dev.create_pipeline(), stage.create_pipeline()
    assert not {*vars(first).values()} & {*vars(second).values()}

    said = adobe_flow("compare", "dev", "stage", "--json")

    assert list_fields(said) == []
    assert (said.exit_code, said.json["equal"], said.json["notes"]) == (0, 4, [])
    counts = ("connections", "sourceConnections", "targetConnections", "dataflows")
    assert [said.json["b"][name] for name in counts] == [1, 1, 1, 1]


def test_what_is_missing_is_named_with_its_kind(adobe_flow: AdobeFlow, dev: SandboxClient) -> None:
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
        ("dataflow", "schedule.startTime", START, START + DAY),
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
def test_one_change_is_one_difference(
    adobe_flow: AdobeFlow,
    dev: SandboxClient,
    stage: SandboxClient,
    change: Change,
    expected: tuple[str, str, Any, Any],
) -> None:
    dev.create_pipeline()
    change(stage, stage.create_pipeline())

    assert list_fields(adobe_flow("compare", "dev", "stage", "--json")) == [expected]


def test_mapping_is_compared_destination_by_destination_and_not_by_its_id(
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


def test_reference_to_something_of_another_name_is_a_difference(
    adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient
) -> None:
    dev.create_pipeline()
    stage.create_dataset("ACME returns")
    stage.create_pipeline()

    assert list_fields(adobe_flow("compare", "dev", "stage", "--json")) == [
        ("target connection", "dataset", "ACME orders", "ACME returns")
    ]


def test_dataflow_from_several_sources_is_compared_by_all_their_names(
    adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient
) -> None:
    for sandbox in (dev, stage):
        first, second = sandbox.create_pipeline("first"), sandbox.create_pipeline("second")
        sources = [first.source, second.source] if sandbox is dev else [second.source, first.source]
        body = sandbox.build_flow("both", sources, [first.target], first.mapping_set)
        sandbox.create("flows", body)

    assert adobe_flow("compare", "dev", "stage").exit_code == 0


def test_base_connection_and_dataset_that_were_deleted_are_named(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, dev: SandboxClient, stage: SandboxClient
) -> None:
    dev.create_pipeline()
    ids = stage.create_pipeline()
    emulator.foreign_delete(ids.base)
    stage.send("DELETE", f"/catalog/dataSets/{stage.dataset}")

    said = adobe_flow("compare", "dev", "stage", "--json")
    table = adobe_flow("compare", "dev", "stage")

    assert list_fields(said) == [
        ("source connection", "baseConnection", "orders lake", f"{ids.base} (does not exist)"),
        ("target connection", "dataset", "ACME orders", f"{stage.dataset} (does not exist)"),
    ]
    notes = [note["note"] for note in said.json["notes"]]
    assert all(note["side"] == "stage" for note in said.json["notes"])
    assert any("base connection that does not exist: orders table" in note for note in notes)
    assert any("dataset that does not exist: orders dataset" in note for note in notes)
    assert "base connection that does not exist: orders table" in table.stdout


@pytest.mark.parametrize("status", [403, 404])
def test_mapping_that_cannot_be_read_is_never_taken_for_equal(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, dev: SandboxClient, stage: SandboxClient, status: int
) -> None:
    dev.create_pipeline()
    stage.create_pipeline()
    emulator.fault(MAPPING_SET, status=status, body={"message": "no access to mappings"}, nth=2)

    said = adobe_flow("compare", "dev", "stage", "--json")

    ((entity, field, _, unreadable),) = list_fields(said)
    assert (entity, field, unreadable) == ("dataflow", "mapping", "(unreadable)")
    (note,) = said.json["notes"]
    assert note["side"] == "stage"
    assert "orders daily" in note["note"]
    assert "no access to mappings" in note["note"]
    assert said.exit_code == 1


def test_names_of_the_lake_that_cannot_be_listed_leave_the_ids(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, dev: SandboxClient, stage: SandboxClient
) -> None:
    dev.create_pipeline()
    stage.create_pipeline()
    for route in ("/data/foundation/catalog/dataSets", "/data/foundation/schemaregistry/tenant/schemas"):
        emulator.fault(f"GET {route}", status=403, body={"message": "no permission"}, nth=2)

    said = adobe_flow("compare", "dev", "stage", "--json")

    assert [field for _, field, _, _ in list_fields(said)] == ["dataset", "schema"]
    assert [note["note"].count("no permission") for note in said.json["notes"]] == [1, 1]


def test_entities_of_one_name_are_matched_by_what_they_hold(
    adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient
) -> None:
    for sandbox, intervals in ((dev, (1, 2, 3)), (stage, (3, 4, 1))):
        for interval in intervals:
            ids = sandbox.create_pipeline()
            sandbox.patch("flows", ids.flow, "/scheduleParams/interval", interval)

    said = adobe_flow("compare", "dev", "stage", "--json")

    assert list_fields(said) == [("dataflow", "schedule.interval", 2, 4)]
    assert {note["side"] for note in said.json["notes"]} == {"dev", "stage"}
    assert any("dataflows share a name: orders daily" in note["note"] for note in said.json["notes"])


def test_names_of_any_script_and_with_control_characters_are_text(
    adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient
) -> None:
    for name in ("日本 データ", "\x1b[31mred\u202e", "a\nb|c", "[bold]x[/bold]"):
        dev.create_pipeline(name)
        emulated = stage.create_pipeline(name)
        stage.patch("flows", emulated.flow, "/scheduleParams/interval", 2)

    said, plain = adobe_flow("compare", "dev", "stage", "--json"), adobe_flow("compare", "dev", "stage")
    report = adobe_flow("compare", "dev", "stage", "--markdown", "-")

    assert [field for _, field, _, _ in list_fields(said)] == ["schedule.interval"] * 4
    for text in (plain.stdout, report.stdout, said.stdout):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "日本 データ daily" in text


def test_number_of_requests_does_not_grow_with_the_references(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, dev: SandboxClient
) -> None:
    """500 entities of one pipeline: a list has a page for each 100, and a mapping set is read once."""
    ids = dev.create_pipeline()
    kept = emulator.entities()
    many = {kind: [_copy(kept[kind][0], number) for number in range(166)] for kind in ("sourceConnections", "flows")}
    emulator.load({**many, "targetConnections": [_copy(kept["targetConnections"][0], number) for number in range(166)]})
    emulator.clear_journal()

    said = adobe_flow("compare", "dev", "stage", "--json")

    assert said.json["a"]["dataflows"] == 167
    requests = [each["path"].rpartition("foundation/")[2] for each in emulator.journal() if each["method"] == "GET"]
    assert requests.count(f"conversion/mappingSets/{ids.mapping_set}") == 1
    assert {path: requests.count(path) for path in ("flowservice/flows", "flowservice/sourceConnections")} == {
        "flowservice/flows": 3,
        "flowservice/sourceConnections": 3,
    }
    assert len(requests) < 20


def _copy(entity: dict[str, Any], number: int) -> dict[str, Any]:
    return {**entity, "id": f"{entity['id'][:-4]}{number:04}", "name": f"{entity['name']} {number}"}
