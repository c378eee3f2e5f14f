from __future__ import annotations

import pytest
import yaml

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.cli.filled import HERE, MARKER, THERE, fill
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection


def test_promote_shows_the_changes_from_one_sandbox_to_the_other_and_makes_none(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    fill(emulator.url)
    before = emulator.connections()
    emulator.clear_journal()

    outcome = adobe_flow("promote", HERE, THERE, "--json")

    assert outcome.exit_code == 1
    assert_valid(outcome, "promote")
    assert [each["name"] for each in outcome.json["changes"]] == ["Databricks — Vertrieb, EU"]
    assert outcome.json["config"]["databricks-vertrieb-eu"]["description"] == "Planted."
    assert outcome.json["commands"] == ["pulumi config set --secret --path accessTokens.databricks-vertrieb-eu"]
    assert len(outcome.json["left"]) == 6
    assert (outcome.json["stack"], outcome.json["written"]) == (None, False)
    assert MARKER not in outcome.stdout + outcome.stderr
    assert {each["method"] for each in emulator.journal() if "/ims/" not in each["path"]} == {"GET"}
    assert emulator.connections() == before


@pytest.mark.parametrize("width", ["80", "160"])
def test_config_text_of_promote_can_be_copied_unchanged(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    name = "[red]a[/red]: " + "long " * 30
    emulator.foreign_create(**build_foreign_connection(name=name))
    monkeypatch.setenv("COLUMNS", width)

    outcome = adobe_flow("promote", "dev", "stage")

    text = outcome.stdout.partition("below config:\n")[2].partition("commands for you to run")[0]
    (entry,) = yaml.safe_load(text)["connections"].values()
    assert entry["name"] == name
    assert entry["clusterId"] == "foreign"
    assert "nothing is written" in outcome.stdout


def test_equal_sandboxes_need_no_config(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection())

    outcome = adobe_flow("promote", "dev", "dev")

    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert "the stack config needs no change" in outcome.stdout


def test_unknown_sandbox_or_field_is_an_error_with_the_nearest_name(adobe_flow: AdobeFlow) -> None:
    sandbox, field = adobe_flow("promote", "dve", "stage"), adobe_flow("promote", "dev", "stage", "--ignore", "nmae")

    assert (sandbox.exit_code, field.exit_code) == (3, 3)
    assert "Did you mean dev" in sandbox.stderr
    assert "Did you mean name?" in field.stderr
