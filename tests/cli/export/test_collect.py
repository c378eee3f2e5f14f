"""What an export finds in a sandbox that people have used for years: twins, drafts, streams, what is gone or new."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import AdobeFlow
from tests.emulator.adobe_client import lake
from tests.emulator.dataflows.way import DATASET, Way, source, target
from tests.emulator_process import EmulatorProcess
from tests.hand_made.bodies import AWKWARD_COLUMNS, build_mapping_set
from tests.hand_made.families import FAMILIES, build_base, build_source
from tests.hand_made.fill import HandMade, fill_families
from tests.provider.lifecycle.world import build_foreign_connection

pytestmark = pytest.mark.slow

STREAM = {"id": "d8a6f005-7eaf-4153-983e-e8574508b877", "version": "1.0"}


@pytest.fixture
def person(emulator: EmulatorProcess) -> HandMade:
    return HandMade(emulator.url, "dev")


@pytest.fixture
def way(person: HandMade) -> Way:
    """A base, a source and a target connection, and a mapping set."""
    return Way(person.adobe)


def export(adobe_flow: AdobeFlow, *options: str) -> tuple[str, dict[str, str], dict[str, Any]]:
    """Return the program, the reason of each entity that it lacks, and the whole result."""
    result = adobe_flow("export", "--json", *options).json
    return str(result["text"]), {each["id"]: each["reason"] for each in result["skipped"]}, result


def test_dataflows_with_one_name_are_omitted_and_their_connections_are_exported(
    adobe_flow: AdobeFlow, way: Way
) -> None:
    ids = {way.made("/flows", way.flow()) for _ in range(2)}

    _, reasons, result = export(adobe_flow)

    assert reasons.keys() == ids
    assert all("rename one" in reason for reason in reasons.values())
    assert {each["kind"] for each in result["resources"]} == {
        "base connection",
        "source connection",
        "target connection",
    }


def test_source_connections_with_one_name_on_two_connections_are_no_duplicates(
    adobe_flow: AdobeFlow, person: HandMade
) -> None:
    for name in ("one", "two"):
        person.create("sourceConnections", source(person.create("connections", lake(name=name))))

    text, reasons, _ = export(adobe_flow)

    assert reasons == {}
    assert text.count(" = DatabricksSourceConnection(") == 2
    assert "base_connection=one," in text
    assert "base_connection=two," in text


def test_drafts_are_exported_as_drafts_but_a_draft_base_connection_must_be_published_first(
    adobe_flow: AdobeFlow, person: HandMade, way: Way
) -> None:
    draft_base = person.create("connections", lake(name="draft"), mode="draft")
    whole = person.create("flows", way.flow(name="whole draft"), mode="draft")
    unfinished = way.flow(name="unfinished", scheduleParams=None, transformations=None)
    unfinished_id = person.create("flows", unfinished, mode="draft")

    text, reasons, result = export(adobe_flow)

    assert reasons.keys() == {draft_base, unfinished_id}
    assert "publish" in reasons[draft_base]
    assert "no schedule" in reasons[unfinished_id]
    assert whole in {each["id"] for each in result["resources"]}
    assert text.count("draft=True,") == 1


def test_each_source_family_is_exported_completely(adobe_flow: AdobeFlow, person: HandMade) -> None:
    filled = fill_families(person.adobe.url, person.sandbox)

    text, reasons, result = export(adobe_flow)

    assert reasons == {}
    assert {each["id"] for each in result["resources"]} == {id_ for ids in filled.ids.values() for id_ in ids}
    assert [note for each in result["resources"] for note in each["notes"]] == []
    assert text.count("schedule=") == 3
    assert text.count("flow_spec=") == 0
    assert "collection/" not in text


def test_source_without_base_connections_is_selected_by_name_with_its_dependents(
    adobe_flow: AdobeFlow, person: HandMade
) -> None:
    filled = fill_families(person.adobe.url, person.sandbox)

    _, _, result = export(adobe_flow, "--source", "pendo")

    assert [each["id"] for each in result["resources"]] == [
        filled.ids["sourceConnections"][5],
        *filled.ids["targetConnections"],
        filled.ids["flows"][5],
    ]


def test_base_connections_with_one_name_are_duplicates_only_with_the_same_source(
    adobe_flow: AdobeFlow, person: HandMade
) -> None:
    ids = [
        person.create("sourceConnections", {**build_source(FAMILIES[number], None), "name": "Events"})
        for number in (5, 5, 1)
    ]

    _, reasons, result = export(adobe_flow)

    assert reasons.keys() == set(ids[:2])
    assert [each["id"] for each in result["resources"]] == ids[2:]


def test_mapping_that_the_flow_spec_lacks_is_noted(adobe_flow: AdobeFlow, person: HandMade, way: Way) -> None:
    base = build_base(FAMILIES[4])
    body = source(person.create("connections", base), connectionSpec=base["connectionSpec"], data=None, params=None)
    source_id = person.create("sourceConnections", body)
    flow = way.flow(name="stream", flowSpec=STREAM, sourceConnectionIds=[source_id], scheduleParams=None)
    flow_id = person.create("flows", flow)

    _, reasons, _ = export(adobe_flow)

    assert reasons.keys() == {flow_id}
    assert "XDM already" in reasons[flow_id]


def test_deleted_dataset_is_exported_by_id_and_noted(
    adobe_flow: AdobeFlow, person: HandMade, way: Way, tmp_path: Path
) -> None:
    person.create("targetConnections", target(name="gone"))
    person.request("DELETE", f"/catalog/dataSets/{DATASET}")
    assert way.target

    said = adobe_flow("export", "--out", str(tmp_path), "--json").json

    notes = [note for each in said["resources"] for note in each["notes"]]
    assert notes == [f"the sandbox has no dataset {DATASET} any more"] * 2
    text = (tmp_path / "__main__.py").read_text("utf-8")
    assert text.count(f'dataset_id=config.require("dataset-{DATASET}"),') == 2
    assert f"experience-platform:dataset-{DATASET}: {DATASET}" in (tmp_path / "Pulumi.dev.yaml").read_text("utf-8")
    assert f"no dataset {DATASET} any more" in (tmp_path / "README.md").read_text("utf-8")


def test_spec_missing_in_the_catalogue_is_exported_as_generic_base_connection(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    spec = {"id": "11111111-2222-4333-8444-555555555555", "version": "2.0"}
    emulator.foreign_create(**build_foreign_connection(name="Tomorrow", connectionSpec=spec))

    text, reasons, result = export(adobe_flow)

    assert reasons == {}
    assert 'connection_spec_id="11111111-2222-4333-8444-555555555555",' in text
    assert 'connection_spec_version="2.0",' in text
    assert set(result["resources"][0]["secrets"]) == {"accessToken", "clusterId", "database", "domain"}


def test_mapping_is_read_from_its_mapping_set_and_columns_are_unquoted(
    adobe_flow: AdobeFlow, person: HandMade, way: Way
) -> None:
    columns = [{"name": name} for name in AWKWARD_COLUMNS]
    way.source = person.create(
        "sourceConnections", source(way.base, name="quoted", params={"tableName": "acme.orders", "columns": columns})
    )
    for number, name in enumerate(("short", "long", "dotted")):
        way.mapping = person.create_mapping_set(build_mapping_set(number, AWKWARD_COLUMNS))
        way.made("/flows", way.flow(name=name))

    text, reasons, _ = export(adobe_flow)

    assert reasons == {}
    assert 'mapping={"order_id": "_id", "First Name": "_acme.customerId"},' in text
    assert 'Mapping.expression("upper(${First Name})", to="_acme.customerId"),' in text
    assert 'Mapping.constant("web", to="_acme.status"),' in text
    assert 'Mapping(source="unit.price", to="_acme.amount"),' in text


def test_mapping_set_without_read_permission_is_noted(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, way: Way
) -> None:
    flow_id = way.made("/flows", way.flow())
    emulator.fault("GET /data/foundation/conversion/mappingSets/{id}", status=403, times=9)

    _, reasons, _ = export(adobe_flow)

    assert reasons.keys() == {flow_id}
    assert way.mapping in reasons[flow_id]


def test_dataset_hidden_by_the_catalog_is_exported_by_id(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, way: Way
) -> None:
    assert way.target
    emulator.fault("GET /data/foundation/catalog/dataSets", status=403, times=9)

    said = adobe_flow("export")

    assert f'config.require("dataset-{DATASET}")' in said.stdout
    assert "names of the datasets" in said.stderr


def test_resource_names_are_unique_across_all_kinds(adobe_flow: AdobeFlow, person: HandMade) -> None:
    base_id = person.create("connections", lake(name="Orders"))
    person.create("connections", lake(name="Orders source"))
    person.create("sourceConnections", source(base_id, name="Orders"))
    person.create("targetConnections", target(name="Orders"))

    _, _, result = export(adobe_flow)

    names = [each["resource"] for each in result["resources"]]
    assert len(set(names)) == len(names) == 4
    assert {"orders", "orders-source", "orders-target"} < set(names)
    assert json.dumps(names).count("orders-source-") == 1
