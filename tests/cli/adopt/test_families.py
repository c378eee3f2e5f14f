"""Each family of sources is adopted as it is: sources without a base connection, parameters, streams."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from adobe_flow.adopt.adoption import AdoptionSelection, prepare_adoption
from adobe_flow.pulumi_cli.stack import Stack
from tests.cli.adopt.programs import TYPE, Program
from tests.cli.command_line import AdobeFlow
from tests.emulator_process import EmulatorProcess
from tests.hand_made.fill import fill_families
from tests.provider.lifecycle.world import SECRET
from tests.provider.plugin.test_state_values import LATER, encrypt

REFERENCES = ("baseConnectionId", "sourceConnectionIds", "targetConnectionIds")


def declare(program: Program, entry: dict[str, Any], secrets: dict[str, str], urns: dict[str, str]) -> None:
    """Add a resource of an import file to the program, with its secrets, and what it uses by reference."""
    inputs = dict(entry["inputs"])
    uses = {}
    for name in REFERENCES:
        if name in inputs:
            ids = inputs[name] if isinstance(inputs[name], list) else [inputs[name]]
            uses[name] = [urns[id_] for id_ in ids]
            inputs[name] = [LATER] if isinstance(inputs[name], list) else LATER
    if secrets:
        inputs["params"] = {**inputs["params"], **{name: encrypt(SECRET) for name in secrets}}
    urns[entry["id"]] = program.add(entry["type"], entry["name"], inputs, propertyDependencies=uses)


def test_base_connection_of_each_source_family_is_adopted_unchanged(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, stack: Stack, tmp_path: Path
) -> None:
    filled = fill_families(emulator.url, "dev")
    exported = adobe_flow("export", "--out", str(tmp_path / "program"), "--json").json
    secrets = {each["id"]: each["secrets"] for each in exported["resources"]}
    program, urns = Program(emulator), dict[str, str]()
    for entry in json.loads((tmp_path / "program" / "import.json").read_text("utf-8"))["resources"]:
        assert entry["type"].startswith(TYPE)
        declare(program, entry, secrets[entry["id"]], urns)
    emulator.clear_journal()

    adoption = prepare_adoption(program.save(stack), AdoptionSelection(), lambda _text: None)

    assert [(each.planned.name, each.reason) for each in adoption.not_adopted] == []
    assert {each.id for each in adoption.adopted} == {id_ for ids in filled.ids.values() for id_ in ids}
    assert {each.planned.name: each.changed_fields for each in adoption.adopted if each.has_changes} == {}
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []
    entries = {each["id"]: each for each in json.loads(adoption.write_import_file())["resources"]}
    with_address = [id_ for id_, each in entries.items() if "inletUrl" in each["outputs"]]
    assert with_address == [filled.ids["connections"][3], filled.ids["flows"][5]]
    with_note = [id_ for id_, each in entries.items() if "secretConfirmed" in each["outputs"]]
    assert set(with_note) == set(filled.ids["connections"])
