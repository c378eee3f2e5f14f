from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow, OnStack, assert_valid
from tests.emulator_process import EmulatorProcess
from tests.stack.project import ACCESS_TOKEN, PASSPHRASE

DAY = 86_400


def test_landing_zone_expiry_is_listed_without_its_sas_token(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    outcome, as_json = adobe_flow("expiring"), adobe_flow("expiring", "--json")

    assert (outcome.exit_code, as_json.exit_code) == (0, 0)
    assert_valid(as_json, "expiring")
    (end,) = as_json.json["ends"]
    ends_on = (datetime.now(timezone.utc) + timedelta(days=90)).date().isoformat()
    assert (end["what"], end["endsAt"], end["soon"], end["from"]) == ("landing zone", ends_on, False, "service")
    assert ends_on in outcome.stdout
    assert "name one with --stack" in outcome.stdout
    assert not any(word in outcome.stdout + as_json.stdout for word in ("sig=", "sv=", "https://"))
    assert all(not each["effect"] for each in emulator.journal() if each["method"] == "GET")


def test_expiry_within_the_given_days_is_exit_code_1_by_the_services_clock(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    assert adobe_flow("expiring").exit_code == 0
    emulator.turn_clock(80 * DAY)

    near, nearer = adobe_flow("expiring"), adobe_flow("expiring", "--days", "3", "--json")

    assert near.exit_code == 1
    assert near.stdout.splitlines()[1].startswith("!")
    assert "1 of 1 ends within 14 days" in near.stdout
    assert (nearer.exit_code, nearer.json["ends"][0]["soon"]) == (0, False)


def test_unreachable_landing_zone_is_not_reported_as_healthy(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    fault = {"status": 403, "body": {"errorMessage": "no such right"}, "times": 2}
    emulator.fault("GET /data/foundation/connectors/landingzone/credentials", **fault)

    outcome, as_json = adobe_flow("expiring"), adobe_flow("expiring", "--json")
    without = adobe_flow("expiring", "--tokens-only", "--json")

    assert (outcome.exit_code, as_json.exit_code, without.exit_code) == (3, 3, 0)
    assert_valid(as_json, "expiring")
    assert "not known: landing zone: " in outcome.stdout
    assert "no such right" in as_json.json["unknown"][0]["reason"]
    assert without.json["unknown"] == []


@pytest.mark.parametrize("days", ["-1", "soon"])
def test_invalid_number_of_days_is_a_usage_error(adobe_flow: AdobeFlow, days: str) -> None:
    assert adobe_flow("expiring", "--days", days).exit_code == 2


def test_stack_cannot_be_read_without_a_project(adobe_flow: AdobeFlow, tmp_path: Path) -> None:
    outcome = adobe_flow("expiring", "--stack", "dev", "--cwd", str(tmp_path))

    assert (outcome.exit_code, outcome.stdout) == (3, "")


@pytest.mark.engine
def test_declared_expiry_causes_a_warning_and_is_stored_only_in_the_state(
    on_stack: OnStack, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One stack for what only the engine shows; the doctor finds it in order, and then with another passphrase."""
    project, soon = on_stack.project, (datetime.now(timezone.utc) + timedelta(days=9)).date()
    project.declare(lake={})
    project.up()
    # Without quotes in the file, as people write a date there.
    project.declare(lake={"accessTokenExpiresAt": soon})
    emulator.clear_journal()

    preview, up = project.preview("--diff").text, project.up().text

    warning = f"warning: lake: the access token expires on {soon}, in 8 days."
    assert warning in preview
    assert warning in up
    assert f'+ accessTokenExpiresAt: "{soon}"' in preview
    assert "~ 1 to update" in preview
    assert [each["method"] for each in emulator.journal() if each["effect"] and "/ims/" not in each["path"]] == []
    assert project.resource("lake")["outputs"]["accessTokenExpiresAt"] == str(soon)
    assert "2 unchanged" in project.preview().stdout

    expiring, doctor = on_stack("expiring", "--json"), on_stack("doctor", "--json")
    assert expiring.exit_code == 1
    assert_valid(expiring, "expiring")
    first, second = expiring.json["ends"]
    assert (first["name"], first["endsAt"], first["soon"], first["from"]) == ("lake", str(soon), True, "state")
    assert (second["what"], second["soon"]) == ("landing zone", False)
    assert {each["status"] for each in doctor.json["checks"]} == {"ok"}
    assert doctor.exit_code == 0

    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "planted-other-passphrase")
    locked_out = on_stack("doctor", "--json")
    assert [each["check"] for each in locked_out.json["checks"] if each["status"] == "wrong"] == ["settings"]
    outcome = expiring.stdout + doctor.stdout + locked_out.stdout
    assert not any(
        secret in outcome for secret in (ACCESS_TOKEN, PASSPHRASE, "emulator-client-secret", "planted", "sig=")
    )
