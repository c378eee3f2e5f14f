"""What people made by hand comes under a stack's management without a change: what only the real engine can prove."""

from __future__ import annotations

import json

import pytest

from tests.cli.command_line import OnStack
from tests.emulator_process import EmulatorProcess
from tests.hand_made.bodies import AWKWARD_COLUMNS, MARKER
from tests.hand_made.fill import Amounts, fill, fill_families

pytestmark = pytest.mark.engine

AMOUNTS = Amounts(connections=10, sources=12, targets=6, flows=12)
IMPORT = ("import", "--file", "import.json", "--yes", "--skip-preview", "--generate-code=false", "--protect=false")


def test_an_export_of_all_families_is_imported_refreshed_and_unchanged_and_no_request_has_an_effect(
    on_stack: OnStack, emulator: EmulatorProcess
) -> None:
    project = on_stack.project
    # Nobody may ask the sources about what has not changed: they lack these columns.
    filled = fill(emulator.url, {"dev": AMOUNTS}, AWKWARD_COLUMNS)["dev"]
    families = fill_families(emulator.url, "dev")
    count = filled.count + families.count
    emulator.clear_journal()

    exported = on_stack("export", "--stack", "dev", "--out", str(project.folder), "--force", "--json")
    keys = [key for each in exported.json["resources"] for key in each["secrets"].values()]
    secrets = [argument for key in keys for argument in ("--secret", f"{key}={MARKER}-{key}")]
    project.pulumi("config", "set-all", *secrets)
    imported = project.pulumi(*IMPORT)
    refreshed = project.refresh()
    preview = project.preview()
    updated = project.up()

    assert (exported.exit_code, len(exported.json["resources"])) == (0, count)
    assert f"{count} imported" in imported.stdout
    assert [f"{count + 1} unchanged" in each.stdout for each in (refreshed, preview, updated)] == [True] * 3
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []
    state = {each["id"]: each for each in project.resources_now() if "dynamic/adobe" in each["type"]}
    ids = {kind: [*filled.ids[kind], *families.ids[kind]] for kind in filled.ids}
    assert set(state) == {id_ for each in ids.values() for id_ in each}
    assert all(state[id_]["dependencies"] for id_ in ids["flows"])
    assert sum("inletUrl" in each["outputs"] for each in state.values()) == 2
    assert MARKER not in json.dumps(list(state.values()))

    flow = next(each for each in state.values() if each["id"] == filled.ids["flows"][0])
    project.pulumi("state", "delete", flow["urn"], "--yes")
    again = on_stack("export", "--stack", "dev", "--json").json
    assert [each["id"] for each in again["resources"]] == [flow["id"]]
    assert len(again["managed"]) == count - 1
    # The source connection is the stack's already, so it is not in this program.
    assert f'source="{filled.ids["sourceConnections"][0]}",' in again["text"]
