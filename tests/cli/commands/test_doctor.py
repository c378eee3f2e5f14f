from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.doctor.context import DoctorContext
from tests.cli.command_line import AdobeFlow, Outcome, assert_valid
from tests.emulator_process import EmulatorProcess

ALL_OF_ADOBE = ["settings", "network", "token", "organization", "sandbox", "permission", "sources", "clock"]


@pytest.fixture
def doctor(adobe_flow: AdobeFlow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AdobeFlow:
    """In a folder without a Pulumi project, and patient for a second."""
    monkeypatch.setenv("ADOBE_TIMEOUT", "1")

    def ask(*arguments: str) -> Outcome:
        return adobe_flow("doctor", "--cwd", str(tmp_path), *arguments)

    return ask


def statuses(outcome: Outcome) -> dict[str, str]:
    return {each["check"]: each["status"] for each in outcome.json["checks"]}


def finding(outcome: Outcome, check: str) -> dict[str, Any]:
    return next(each for each in outcome.json["checks"] if each["check"] == check)


def test_healthy_project_has_a_tick_on_each_line_and_is_not_changed(
    doctor: AdobeFlow, emulator: EmulatorProcess
) -> None:
    outcome, as_json = doctor(), doctor("--json")

    assert (outcome.exit_code, as_json.exit_code) == (0, 0)
    assert_valid(as_json, "doctor")
    assert [name for name, status in statuses(as_json).items() if status == "ok"] == ALL_OF_ADOBE
    assert sum(line.startswith("✓") for line in outcome.stdout.splitlines()) == len(ALL_OF_ADOBE)
    assert "no Pulumi project" in finding(as_json, "state backend")["text"]
    assert "Nothing is wrong." in outcome.stdout
    assert "emulator-client-secret" not in outcome.stdout
    assert {each["method"] for each in emulator.journal() if each["path"] != "/ims/token/v3"} == {"GET"}


def test_missing_settings_are_named_at_once_and_further_checks_are_skipped(
    doctor: AdobeFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ADOBE_ORG_ID", "ADOBE_SANDBOX"):
        monkeypatch.delenv(name)

    outcome = doctor("--json")

    assert outcome.exit_code == 1
    assert_valid(outcome, "doctor")
    missing = finding(outcome, "settings")
    assert "adobe:orgId (ADOBE_ORG_ID)" in missing["text"]
    assert "adobe:sandbox (ADOBE_SANDBOX)" in missing["text"]
    assert finding(outcome, "network")["status"] == "ok"
    after = ALL_OF_ADOBE[2:]
    assert [statuses(outcome)[name] for name in after] == ["unchecked"] * len(after)
    assert finding(outcome, "clock")["text"] == "not checked, because the check of the settings failed"


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("ADOBE_CLIENT_SECRET", "planted-wrong-secret", ("token", "ADOBE_CLIENT_SECRET")),
        ("ADOBE_ACCESS_TOKEN", "planted-ready-token", ("token", "valid for 24 hours")),
        ("ADOBE_ORG_ID", "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg", ("organization", "adobe:orgId")),
        ("ADOBE_SANDBOX", "deev", ("sandbox", "Did you mean dev?")),
        ("ADOBE_ENDPOINT", "http://127.0.0.1:1", ("network", "adobe:endpoint")),
        ("ADOBE_IMS_ENDPOINT", "http://127.0.0.1:1", ("network", "adobe:imsEndpoint")),
        ("ADOBE_ENDPOINT", "http://planted:planted@127.0.0.1", ("settings", "adobe:endpoint")),
        ("ADOBE_IMS_ENDPOINT", "https://ims-na1.adobelogin.com", ("settings", "ADOBE_ALLOW_ENDPOINT=127.0.0.1:")),
        ("ADOBE_SANDBOX", "DEV", ("settings", "adobe:sandbox")),
    ],
)
def test_each_problem_is_reported_with_its_place_and_remedy_and_without_a_secret(
    doctor: AdobeFlow, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: tuple[str, str]
) -> None:
    wrong, words = told
    monkeypatch.setenv(variable, value)

    outcome, as_json = doctor(), doctor("--json")

    assert (outcome.exit_code, as_json.exit_code) == (1, 1)
    assert_valid(as_json, "doctor")
    assert [name for name, status in statuses(as_json).items() if status == "wrong"] == [wrong]
    found = finding(as_json, wrong)
    assert words in f"{found['text']} {found['todo']}"
    assert "planted" not in outcome.stdout + outcome.stderr + as_json.stdout + as_json.stderr


def test_sandbox_whose_connections_cannot_be_read_is_reported(doctor: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /connections", status=403, body={"errorMessage": "no such right"})

    outcome = doctor("--json")

    assert {name for name, status in statuses(outcome).items() if status == "wrong"} == {"permission"}
    assert "no such right" in finding(outcome, "permission")["text"]
    assert "product profile" in finding(outcome, "permission")["todo"]


def test_a_source_that_the_organization_lacks_is_named(doctor: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /connectionSpecs/{id}", status=404, body={"errorMessage": "not found"})

    outcome = doctor("--json")

    assert finding(outcome, "sources")["text"].startswith("The organization has no connection spec of databricks (e9d7")


@pytest.mark.parametrize(("seconds", "status"), [(30, "ok"), (90, "wrong")])
def test_clock_that_differs_by_more_than_a_minute_is_reported(
    doctor: AdobeFlow, emulator: EmulatorProcess, seconds: float, status: str
) -> None:
    emulator.turn_clock(seconds)

    outcome = doctor("--json")

    assert statuses(outcome)["clock"] == status
    assert outcome.exit_code == (status == "wrong")
    if status == "wrong":
        assert "s behind Adobe's" in finding(outcome, "clock")["text"]


def test_failed_request_of_doctor_is_not_repeated_by_further_checks(
    doctor: AdobeFlow, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADOBE_CLIENT_SECRET", "planted-wrong-secret")

    doctor()

    assert [each["path"] for each in emulator.journal()] == ["/ims/token/v3"]


@pytest.mark.usefixtures("adobe_flow")
@pytest.mark.parametrize(("given", "taken"), [("120", 20), ("3", 3)])
def test_doctor_uses_shorter_timeouts_than_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, taken: float
) -> None:
    monkeypatch.setenv("ADOBE_TIMEOUT", given)

    assert DoctorContext(tmp_path, None, None, os.environ).get_service().credentials.timeout == taken


def test_failing_adobe_service_is_not_reported_as_a_wrong_token(doctor: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /data/foundation/sandbox-management/", status=503, times=9)

    outcome = doctor("--json")

    assert statuses(outcome)["token"] == "ok"
    assert statuses(outcome)["organization"] == "wrong"


def test_secrets_in_project_files_are_found_and_not_shown(adobe_flow: AdobeFlow, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: p\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  p:accessTokens:\n    lake: dapi-planted\n")

    outcome, as_json = (
        adobe_flow("doctor", "--cwd", str(tmp_path)),
        adobe_flow("doctor", "--cwd", str(tmp_path), "--json"),
    )

    assert finding(as_json, "stack files")["status"] == "wrong"
    assert "p:accessTokens.lake in Pulumi.dev.yaml" in outcome.stdout
    assert "planted" not in outcome.stdout + as_json.stdout


@pytest.mark.parametrize("width", ["80", "160"])
def test_no_line_is_longer_than_the_terminal(doctor: AdobeFlow, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.delenv("ADOBE_ORG_ID")

    assert max(map(len, doctor().stdout.splitlines())) <= int(width)


@pytest.mark.slow
def test_terminal_without_unicode_gets_words_in_place_of_marks(doctor: AdobeFlow, tmp_path: Path) -> None:
    """The settings are still missing there: their commands have an ellipsis, which no such terminal can show."""
    assert doctor("--json").exit_code == 0
    command = [sys.executable, "-m", "adobe_flow", "doctor", "--cwd", str(tmp_path)]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ADOBE_")}
    run = [
        subprocess.run(
            [*command, *more], env={**plain, "PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=False
        )
        for more in ((), ("--json",))
    ]

    assert [each.returncode for each in run] == [1, 1]
    assert any(line.startswith("NO  settings") for line in run[0].stdout.splitlines())
    assert json.loads(run[1].stdout)["checks"]
