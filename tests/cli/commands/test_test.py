from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection

pytestmark = pytest.mark.slow


def broken(name: str) -> dict[str, object]:
    """A connection whose token is one that the emulator knows as expired."""
    body = build_foreign_connection(name=name)
    body["auth"]["params"]["accessToken"] = "expired"
    return body


def test_working_connection_passes_the_test(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    made = emulator.foreign_create(**build_foreign_connection(name="lake"))

    by_name, by_id = adobe_flow("test", "lake"), adobe_flow("test", made["id"], "--json")

    assert (by_name.exit_code, by_id.exit_code) == (0, 0)
    assert "1 passed, 0 failed, 0 not run" in by_name.stdout
    assert_valid(by_id, "test")
    assert [(each["id"], each["result"]) for each in by_id.json["results"]] == [(made["id"], "passed")]
    assert {each["method"] for each in emulator.journal()} == {"POST", "GET"}
    assert all(not each["effect"] for each in emulator.journal() if each["path"] != "/ims/token/v3")


def test_failed_connection_test_is_exit_code_1_with_the_likely_reason(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    emulator.foreign_create(**build_foreign_connection(name="works"))
    emulator.foreign_create(**broken("broken"))

    outcome, as_json = adobe_flow("test", "--all"), adobe_flow("test", "--all", "--json")

    assert (outcome.exit_code, as_json.exit_code) == (1, 1)
    assert "1 passed, 1 failed, 0 not run" in outcome.stdout
    assert "the access token has expired" in outcome.stdout
    assert_valid(as_json, "test")
    assert {each["name"]: each["result"] for each in as_json.json["results"]} == {"works": "passed", "broken": "failed"}


def test_progress_goes_to_stderr_and_the_result_alone_to_stdout(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    for number in range(3):
        emulator.foreign_create(**build_foreign_connection(name=f"lake {number}"))

    outcome = adobe_flow("test", "--all", "--json")

    assert [line.split(":")[0] for line in outcome.stderr.splitlines()] == [f"testing {n}/3" for n in (1, 2, 3)]
    assert [each["name"] for each in outcome.json["results"]] == ["lake 0", "lake 1", "lake 2"]


@pytest.mark.parametrize("fault", [{"status": 503}, {"delayMs": 3000}, {"cut": "before"}], ids=str)
def test_test_that_could_not_run_is_distinguished_from_a_failed_test(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch, fault: dict[str, object]
) -> None:
    made = emulator.foreign_create(**build_foreign_connection(name="lake"))
    monkeypatch.setenv("ADOBE_TIMEOUT", "1")
    emulator.fault("GET /connections/{id}/test", times=9, **fault)

    as_json = adobe_flow("test", "lake", "--json")
    outcome = adobe_flow("test", "lake")

    assert (as_json.exit_code, outcome.exit_code) == (3, 3)
    assert_valid(as_json, "test")
    (row,) = as_json.json["results"]
    assert row["result"] == "not run"
    assert made["id"] in row["reason"]
    assert "0 passed, 0 failed, 1 not run" in outcome.stdout
    assert "not run: lake: " in outcome.stdout


def test_failed_test_takes_precedence_over_a_test_that_could_not_run(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    emulator.foreign_create(**broken("broken"))
    emulator.foreign_create(**broken("broken too"))
    monkeypatch.setenv("ADOBE_TIMEOUT", "1")
    emulator.fault("GET /connections/{id}/test", status=400, body={"errorMessage": "no"})

    outcome = adobe_flow("test", "--all", "--json")

    assert sorted(each["result"] for each in outcome.json["results"]) == ["failed", "not run"]
    assert outcome.exit_code == 1


def test_unknown_connection_is_an_error_with_the_nearest_name_before_any_test(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    emulator.foreign_create(**build_foreign_connection(name="lake"))

    outcome = adobe_flow("test", "lake", "lakee")

    assert (outcome.exit_code, outcome.stdout) == (3, "")
    assert "Did you mean lake?" in outcome.stderr
    assert not any(each["path"].endswith("/test") for each in emulator.journal())


def test_connections_with_one_name_are_listed_and_one_named_twice_is_tested_once(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    ids = [emulator.foreign_create(**build_foreign_connection(name="twin"))["id"] for _ in range(2)]

    outcome = adobe_flow("test", "twin")

    assert outcome.exit_code == 3
    assert all(each in outcome.stderr for each in ids)
    assert len(adobe_flow("test", ids[0], ids[0], "--json").json["results"]) == 1


@pytest.mark.parametrize("arguments", [(), ("lake", "--all")], ids=str)
def test_missing_names_and_names_beside_all_are_usage_errors(adobe_flow: AdobeFlow, arguments: tuple[str, ...]) -> None:
    outcome = adobe_flow("test", *arguments)

    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "--all" in outcome.stderr


def test_sandbox_without_permission_and_missing_stack_are_reported(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    emulator.fault("GET /connections", status=403, body={"errorMessage": "no access", "errorCode": "2101-403"})

    refused = adobe_flow("test", "--all")
    nowhere = adobe_flow("test", "--all", "--stack", "dev", "--cwd", str(tmp_path))

    assert (refused.exit_code, nowhere.exit_code) == (3, 3)
    assert "no access" in refused.stderr
    assert "pulumi" in nowhere.stderr.lower()
