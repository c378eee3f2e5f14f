"""What people made by hand comes under a stack's management without a change, and into an empty sandbox without a
difference: what only the real engine can prove."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_adobe.plugin.state_format import find_class_name
from tests.cli.command_line import OnStack
from tests.cli.round_trip import bring_about, list_differences
from tests.emulator_process import EmulatorProcess
from tests.hand_made.bodies import AWKWARD_COLUMNS, COLUMNS, MARKER, TABLE
from tests.hand_made.fill import Amounts, HandMade, fill, fill_families
from tests.stack.either_adapter import ADAPTERS, declare_plugin

pytestmark = pytest.mark.engine

AMOUNTS = Amounts(connections=10, sources=12, targets=6, flows=12)
IMPORT = ("import", "--file", "import.json", "--yes", "--skip-preview", "--generate-code=false", "--protect=false")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return the folder with the tables of all sources."""
    folder = tmp_path / "sources"
    folder.mkdir()
    return folder


@pytest.fixture
def emulator(tmp_path: Path, sources: Path) -> Iterator[EmulatorProcess]:
    """An emulator whose sources have no table yet."""
    with EmulatorProcess.start(tmp_path / "service.sqlite", "--workspace", str(sources)) as process:
        yield process


def test_an_export_of_forty_entities_is_imported_unchanged_and_creates_the_same_in_an_empty_sandbox(
    on_stack: OnStack, emulator: EmulatorProcess, sources: Path, tmp_path: Path
) -> None:
    project = on_stack.project
    # Nobody may ask the sources about what has not changed: they lack the table.
    filled = fill(emulator.url, {"dev": AMOUNTS}, AWKWARD_COLUMNS)["dev"]
    emulator.clear_journal()

    exported = on_stack("export", "--stack", "dev", "--out", str(project.folder), "--force", "--json")
    keys = [key for each in exported.json["resources"] for key in each["secrets"].values()]
    secrets = {key: f"{MARKER}-{key}" for key in keys}
    project.pulumi("config", "set-all", *(part for each in secrets.items() for part in ("--secret", "=".join(each))))
    imported = project.pulumi(*IMPORT)
    refreshed = project.refresh()
    preview = project.preview()
    updated = project.up()

    assert (exported.exit_code, len(exported.json["resources"])) == (0, 40)
    assert "40 imported" in imported.stdout
    assert ["41 unchanged" in each.stdout for each in (refreshed, preview, updated)] == [True] * 3
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []
    state = {each["id"]: each for each in project.resources_now() if "dynamic/adobe" in each["type"]}
    assert set(state) == {id_ for ids in filled.ids.values() for id_ in ids}
    assert all(state[id_]["dependencies"] for id_ in filled.ids["flows"])
    assert MARKER not in json.dumps(list(state.values()))

    flow = next(each for each in state.values() if each["id"] == filled.ids["flows"][0])
    project.pulumi("state", "delete", flow["urn"], "--yes")
    again = on_stack("export", "--stack", "dev", "--json").json
    assert [each["id"] for each in again["resources"]] == [flow["id"]]
    assert len(again["managed"]) == 39
    # The source connection is the stack's already, so it is not in this program.
    assert f'source="{filled.ids["sourceConnections"][0]}",' in again["text"]

    row = {**dict.fromkeys((*COLUMNS, *AWKWARD_COLUMNS), "1"), "ordered_at": "2026-11-01T08:00:00Z"}
    (sources / f"{TABLE}.csv").write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
    for name in filled.datasets:
        HandMade(emulator.url, "stage").create_dataset(name)
    bring_about(tmp_path, emulator, project.folder, "stage", config={}, secrets=secrets)
    entities = {"connections": emulator.connections(), **emulator.entities()}
    created = {each["id"] for kind in filled.ids for each in entities[kind] if each["sandboxName"] == "stage"}
    assert len(created) == 40
    assert not created & set(state)
    assert [note for each in exported.json["resources"] for note in each["notes"]] == []
    assert list_differences(on_stack, "dev", "stage") == []


@pytest.mark.parametrize("provider", ADAPTERS)
def test_an_export_of_each_family_of_sources_is_imported_refreshed_and_unchanged(
    on_stack: OnStack, emulator: EmulatorProcess, provider: str
) -> None:
    project = on_stack.project
    declare_plugin(project.folder)
    filled = fill_families(emulator.url, "dev")
    emulator.clear_journal()

    options = ("--stack", "dev", "--out", str(project.folder), "--provider", provider, "--force", "--json")
    exported = on_stack("export", *options)
    keys = [key for each in exported.json["resources"] for key in each["secrets"].values()]
    project.pulumi("config", "set-all", *(part for key in keys for part in ("--secret", f"{key}={MARKER}-{key}")))
    imported = project.pulumi(*IMPORT)
    refreshed = project.refresh()
    updated = project.up()

    assert (exported.exit_code, len(exported.json["resources"])) == (0, filled.count)
    assert f"{filled.count} imported" in imported.stdout
    assert [f"{filled.count + 1} unchanged" in each.stdout for each in (refreshed, updated)] == [True] * 2
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []
    state = [each for each in project.resources_now() if find_class_name(each["type"])]
    assert sum("inletUrl" in each["outputs"] for each in state) == 2
    assert {each["type"].startswith("adobe:index:") for each in state} == {provider == "native"}
