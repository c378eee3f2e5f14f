"""The life of landing zone credentials through the real engine, and their renewal on purpose."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import AdobeFlow, Outcome, assert_valid, run
from tests.emulator_process import EmulatorProcess
from tests.stack.project import PROGRAMS, StackProject
from tests.stack.running import RunningUp

ROUTE = "POST /data/foundation/connectors/landingzone/credentials"
DAY = 86_400
StackCommand = Callable[..., Outcome]


@pytest.fixture
def project(engine: None, tmp_path: Path, emulator: EmulatorProcess) -> StackProject:  # noqa: ARG001 - it must be there
    return StackProject(tmp_path / "project", emulator, PROGRAMS / "landing_zones")


@pytest.fixture
def on_stack(
    project: StackProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> StackCommand:
    for name, value in {**project.environment(), "COLUMNS": "160"}.items():
        monkeypatch.setenv(name, value)

    def invoke(*arguments: str) -> Outcome:
        return run(capsys, *arguments, "--cwd", str(project.folder), "--stack", "dev")

    return invoke


def _list_requests(emulator: EmulatorProcess) -> list[dict[str, Any]]:
    return [each for each in emulator.journal() if "landingzone" in each["path"]]


def list_credential_requests(emulator: EmulatorProcess) -> list[str]:
    """Return the methods of the requests for credentials since the journal was cleared, and clear it."""
    methods = [each["method"] for each in _list_requests(emulator)]
    emulator.clear_journal()
    return methods


def get_sas_tokens(project: StackProject) -> dict[str, str]:
    conf: dict[str, str] = project.output("sparkConf")
    return {key: value for key, value in conf.items() if key.startswith("fs.azure.sas.")}


@pytest.mark.engine
def test_expired_token_is_renewed_only_by_refresh_which_also_updates_the_cluster(
    project: StackProject, on_stack: StackCommand, emulator: EmulatorProcess
) -> None:
    """One stack for the whole life: create, no change, ended, renewed, no change, destroyed."""
    assert "+ 6 to create" in project.preview().text
    assert list_credential_requests(emulator) == []
    project.up()
    tokens = get_sas_tokens(project)
    assert sorted(list_credential_requests(emulator)) == ["GET", "GET"]
    assert len(set(tokens)) == len(set(tokens.values())) == 2
    assert project.output("sparkConf")["spark.speculation"] == "false"
    assert not any(token in project.state_files() for token in tokens.values())
    assert "6 unchanged" in project.preview("--expect-no-changes").text
    project.refresh("--expect-no-changes")
    assert sorted(list_credential_requests(emulator)) == ["GET", "GET"]
    doctor = {each["check"]: each for each in on_stack("doctor", "--json").json["checks"]}
    assert doctor["landing zone"]["status"] == "ok"

    emulator.turn_clock(90 * DAY)
    emulator.clear_journal()
    previewed, refreshed = project.preview(), project.refresh()
    doctor = {each["check"]: each for each in on_stack("doctor", "--json").json["checks"]}
    expiring = on_stack("expiring", "--json")
    assert list_credential_requests(emulator) == []
    assert "6 unchanged" in previewed.text
    assert all(f'"{name}": its SAS token has ended' in refreshed.text for name in ("zone-dev", "zone-prod"))
    assert "adobe-flow landing-zone refresh" in refreshed.text
    assert "adobe-flow landing-zone refresh" in doctor["landing zone"]["todo"]
    assert {(each["what"], each["from"], each["soon"]) for each in expiring.json["ends"]} == {
        ("landing zone", "state", True)
    }

    renewed = on_stack("landing-zone", "refresh", "zone-dev", "--yes", "--json")
    assert (renewed.exit_code, list_credential_requests(emulator)) == (0, ["POST"]), renewed.stderr
    assert_valid(renewed, "landing-zone-refresh")
    assert renewed.json["others"] == ["update ingestion"]
    assert renewed.json["expiryDate"] > renewed.json["priorExpiryDate"]
    assert "stops working at once" in renewed.stderr
    new_tokens = get_sas_tokens(project)
    assert set(new_tokens) == set(tokens)
    assert sum(new_tokens[key] != tokens[key] for key in tokens) == 1
    outcome = f"{previewed.text}{refreshed.text}{renewed.stdout}{renewed.stderr}"
    assert not any(token in outcome for token in (*tokens.values(), *new_tokens.values()))
    assert "6 unchanged" in project.preview("--expect-no-changes").text

    emulator.clear_journal()
    destroyed = project.destroy()
    assert list_credential_requests(emulator) == []
    assert "removed from the state alone" in destroyed.text


@pytest.mark.engine
@pytest.mark.large
def test_stored_expiry_of_today_causes_a_warning_and_rotate_before_renews_in_an_update_that_the_preview_shows(
    project: StackProject, on_stack: StackCommand, emulator: EmulatorProcess
) -> None:
    emulator.switch(landing_zone_days=0)
    project.up()
    emulator.switch(landing_zone_days=90)
    emulator.clear_journal()

    warned = project.preview("--expect-no-changes")
    assert all(f'"{name}": its SAS token has ended' in warned.text for name in ("zone-dev", "zone-prod"))
    project.write_config(**{"flow-connections:rotateBefore": 7})
    planned = project.preview("--diff")
    assert list_credential_requests(emulator) == []
    assert "stops working at once" in planned.text
    assert "~ 2 to update" in planned.text

    # The answer of one renewal is lost: the state notes it, and the next update renews once more.
    emulator.fault(ROUTE, status=200, body={}, afterEffect=True)
    lost = project.up(succeeds=False)
    assert "pulumi up" in lost.text
    again = on_stack("landing-zone", "refresh", "zone-prod", "--yes")
    assert again.exit_code == 0, again.stderr
    project.up()
    emulator.clear_journal()
    assert "6 unchanged" in project.preview("--expect-no-changes").text
    project.refresh("--expect-no-changes")
    assert "renewalPending" not in json.dumps(project.state())

    # Killed after Adobe has renewed the token, and before the state has it.
    emulator.turn_clock(5 * DAY)
    emulator.clear_journal()
    project.env["ADOBE_RENEW_LANDING_ZONE"] = "prod/dlz_databricks_source"
    project.up()
    del project.env["ADOBE_RENEW_LANDING_ZONE"]
    assert list_credential_requests(emulator) == []
    emulator.fault(ROUTE, status=503, afterEffect=True, times=99)
    killed = RunningUp(project)
    killed.wait_until(lambda: any(each["method"] == "POST" and each["effect"] for each in _list_requests(emulator)))
    killed.kill()
    emulator.clear_faults()
    project.pulumi("cancel", "--yes")
    doctor = {each["check"]: each for each in on_stack("doctor", "--json").json["checks"]}
    assert "zone-prod" in doctor["landing zone"]["text"]
    assert "pulumi refresh" in doctor["landing zone"]["todo"]
    assert "has not been completed" in project.preview().text
    again = on_stack("landing-zone", "refresh", "zone-prod", "--yes")
    assert again.exit_code == 0, again.stderr
    project.refresh("--expect-no-changes")


def test_refresh_without_stack_consent_or_project_changes_nothing(
    adobe_flow: AdobeFlow, tmp_path: Path, emulator: EmulatorProcess
) -> None:
    folder = ("--cwd", str(tmp_path))

    no_stack = adobe_flow("landing-zone", "refresh", "--yes", *folder)
    no_consent = adobe_flow("landing-zone", "refresh", "--stack", "dev", *folder)
    no_project = adobe_flow("landing-zone", "refresh", "--stack", "dev", "--yes", *folder)

    assert [each.exit_code for each in (no_stack, no_consent, no_project)] == [3, 3, 3]
    assert "--stack" in no_stack.stderr
    assert "--yes" in no_consent.stderr
    assert no_project.stdout == ""
    assert emulator.journal() == []
