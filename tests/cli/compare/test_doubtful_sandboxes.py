"""Sandboxes in which something is missing, unreadable, ambiguous, or there in large numbers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.command_line import AdobeFlow
from tests.cli.compare.pipelines import SandboxClient, list_fields
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow

MAPPING_SET = "GET /data/foundation/conversion/mappingSets/{id}"


def test_dataflow_from_several_sources_is_compared_by_all_their_names(
    adobe_flow: AdobeFlow, dev: SandboxClient, stage: SandboxClient
) -> None:
    for sandbox in (dev, stage):
        first, second = sandbox.create_pipeline("first"), sandbox.create_pipeline("second")
        sources = [first.source, second.source] if sandbox is dev else [second.source, first.source]
        body = sandbox.build_flow("both", sources, [first.target], first.mapping_set)
        sandbox.create("flows", body)

    assert adobe_flow("compare", "dev", "stage").exit_code == 0


def test_deleted_base_connection_and_dataset_are_named(
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
def test_unreadable_mapping_never_counts_as_equal(
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


def test_ids_are_compared_if_dataset_and_schema_names_cannot_be_listed(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, dev: SandboxClient, stage: SandboxClient
) -> None:
    dev.create_pipeline()
    stage.create_pipeline()
    for route in ("/data/foundation/catalog/dataSets", "/data/foundation/schemaregistry/tenant/schemas"):
        emulator.fault(f"GET {route}", status=403, body={"message": "no permission"}, nth=2)

    said = adobe_flow("compare", "dev", "stage", "--json")

    assert [field for _, field, _, _ in list_fields(said)] == ["dataset", "schema"]
    assert [note["note"].count("no permission") for note in said.json["notes"]] == [1, 1]


def test_entities_with_one_name_are_matched_by_content(
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
    reads = [each for each in emulator.journal() if each["method"] == "GET"]
    requests = [each["path"].rpartition("foundation/")[2] for each in reads]
    set_path = f"conversion/mappingSets/{ids.mapping_set}"
    assert [each["query"] for each in reads if each["path"].endswith(set_path)] == [{"version": "0"}]
    assert {path: requests.count(path) for path in ("flowservice/flows", "flowservice/sourceConnections")} == {
        "flowservice/flows": 3,
        "flowservice/sourceConnections": 3,
    }
    assert len(requests) < 20


def _copy(entity: dict[str, Any], number: int) -> dict[str, Any]:
    return {**entity, "id": f"{entity['id'][:-4]}{number:04}", "name": f"{entity['name']} {number}"}
