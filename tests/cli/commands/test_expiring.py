from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.emulator_process import EmulatorProcess

DAY = 86_400


def test_the_landing_zone_is_told_of_and_its_sas_never(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    said, as_json = adobe_flow("expiring"), adobe_flow("expiring", "--json")

    assert (said.exit_code, as_json.exit_code) == (0, 0)
    assert_valid(as_json, "expiring")
    (end,) = as_json.json["ends"]
    ends_on = (datetime.now(timezone.utc) + timedelta(days=90)).date().isoformat()
    assert (end["what"], end["endsAt"], end["soon"], end["from"]) == ("landing zone", ends_on, False, "service")
    assert ends_on in said.stdout
    assert "name one with --stack" in said.stdout
    assert not any(word in said.stdout + as_json.stdout for word in ("sig=", "sv=", "https://"))
    assert all(not each["effect"] for each in emulator.journal() if each["method"] == "GET")


def test_what_ends_within_the_days_is_exit_code_1_by_the_services_clock(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    assert adobe_flow("expiring").exit_code == 0
    emulator.turn_clock(80 * DAY)

    near, nearer = adobe_flow("expiring"), adobe_flow("expiring", "--days", "3", "--json")

    assert near.exit_code == 1
    assert near.stdout.splitlines()[1].startswith("!")
    assert "1 of 1 ends within 14 days" in near.stdout
    assert (nearer.exit_code, nearer.json["ends"][0]["soon"]) == (0, False)


def test_a_landing_zone_that_cannot_be_asked_is_not_taken_for_one_in_order(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    fault = {"status": 403, "body": {"errorMessage": "no such right"}, "times": 2}
    emulator.fault("GET /data/foundation/connectors/landingzone/credentials", **fault)

    said, as_json = adobe_flow("expiring"), adobe_flow("expiring", "--json")
    without = adobe_flow("expiring", "--tokens-only", "--json")

    assert (said.exit_code, as_json.exit_code, without.exit_code) == (3, 3, 0)
    assert_valid(as_json, "expiring")
    assert "not known: landing zone: " in said.stdout
    assert "no such right" in as_json.json["unknown"][0]["reason"]
    assert without.json["unknown"] == []


@pytest.mark.parametrize("days", ["-1", "soon"])
def test_days_that_are_none_are_a_usage_error(adobe_flow: AdobeFlow, days: str) -> None:
    assert adobe_flow("expiring", "--days", days).exit_code == 2


def test_without_a_project_a_stack_cannot_be_read(adobe_flow: AdobeFlow, tmp_path: Path) -> None:
    said = adobe_flow("expiring", "--stack", "dev", "--cwd", str(tmp_path))

    assert (said.exit_code, said.stdout) == (3, "")
