from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.cli.filled import EACH, HERE, MARKER, PLANTED, THERE, fill
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection


def planted() -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return sorted(((each.here, each.there, each.fields) for each in PLANTED), key=str)


@pytest.mark.slow
def test_compare_of_two_hundred_connections_finds_exactly_the_seven_planted_differences_and_changes_nothing(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    fill(emulator.url)
    before = emulator.connections()
    emulator.clear_journal()
    files = (tmp_path / "parity.html", tmp_path / "parity.md")

    said = adobe_flow("compare", HERE, THERE, "--json", "--html", str(files[0]), "--markdown", str(files[1]))

    assert said.exit_code == 1
    assert_valid(said, "compare")
    found = [
        (
            each["a"] and each["a"]["name"],
            each["b"] and each["b"]["name"],
            tuple(field["field"] for field in each["fields"]),
        )
        for each in said.json["differences"]
    ]
    assert sorted(found, key=str) == planted()
    assert len(found) == 7
    assert said.json["equal"] == EACH - 6
    reports = "".join(each.read_text(encoding="utf-8") for each in files)
    assert MARKER not in said.stdout + said.stderr + reports
    assert all(name in reports for each in PLANTED if (name := each.here or each.there) and "'" not in name)
    methods = {(each["method"], each["path"]) for each in emulator.journal()} - {("POST", "/ims/token/v3")}
    assert {method for method, _ in methods} == {"GET"}
    assert not any(each["effect"] for each in emulator.journal() if each["method"] != "POST")
    assert emulator.connections() == before


def test_sandbox_compared_with_itself_has_no_difference(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection())
    emulator.foreign_create(**build_foreign_connection())

    said = adobe_flow("compare", "dev", "dev")

    assert (said.exit_code, said.stderr) == (0, "")
    assert "no differences" in said.stdout
    assert "2 secrets of 2 connections cannot be compared" in said.stdout


@pytest.mark.parametrize("width", ["80", "160"])
def test_comparison_table_names_the_side_on_which_an_entity_is_missing(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    emulator.foreign_create(**build_foreign_connection(name="here [red]alone[/red]"))
    monkeypatch.setenv("COLUMNS", width)

    said = adobe_flow("compare", "dev", "stage")

    (line,) = [line for line in said.stdout.splitlines() if "databricks" in line]
    assert "here" in line
    assert "missing" in line
    assert "[red]" in said.stdout
    assert "dev and stage: 1 difference\n" in said.stdout
    assert all(len(line) <= int(width) for line in said.stdout.splitlines())


def test_states_are_compared_unless_they_are_ignored(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection())
    emulator.foreign_create(**build_foreign_connection(sandbox="stage", state="failed"))

    (difference,) = adobe_flow("compare", "dev", "stage", "--json").json["differences"]

    assert difference["fields"] == [{"field": "state", "a": "enabled", "b": "failed"}]
    assert adobe_flow("compare", "dev", "stage", "--ignore", "state").exit_code == 0


def test_option_markdown_prints_markdown_in_place_of_the_table(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    emulator.foreign_create(**build_foreign_connection(name="a|b"))

    said = adobe_flow("compare", "dev", "stage", "--markdown", "-")

    assert said.exit_code == 1
    assert said.stdout.startswith("# dev and stage: 1 difference\n")
    assert "| a\\|b | base connection | databricks | missing in stage | there | missing |" in said.stdout


def test_unknown_sandbox_is_an_error_with_the_nearest_name(adobe_flow: AdobeFlow) -> None:
    said = adobe_flow("compare", "dev", "stge")

    assert (said.exit_code, said.stdout) == (3, "")
    assert "There is no sandbox stge" in said.stderr
    assert "Did you mean stage?" in said.stderr
    assert "stack:NAME" in said.stderr


def test_sandbox_without_permission_is_an_error_and_not_an_empty_sandbox(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    body = {"errorMessage": "no access to the sandbox", "errorCode": "2101-403"}
    emulator.fault("GET /connections", status=403, body=body, nth=2)

    said = adobe_flow("compare", "dev", "stage")

    assert (said.exit_code, said.stdout) == (3, "")
    assert "no access to the sandbox" in said.stderr


def test_compare_works_without_the_list_of_sandboxes(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /data/foundation/sandbox-management/", status=403, body={})

    assert adobe_flow("compare", "dev", "stage").exit_code == 0


def test_invalid_options_are_refused_before_any_request(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    unknown = adobe_flow("compare", "dev", "stage", "--ignore", "descripton")
    assert unknown.exit_code == 3
    assert "Did you mean description?" in unknown.stderr
    assert adobe_flow("compare", "dev", "stage", "--json", "--markdown", "-").exit_code == 2
    assert adobe_flow("compare", "dev").exit_code == 2
    assert emulator.journal() == []
    nowhere = adobe_flow("compare", "dev", "stage", "--html", str(tmp_path / "no" / "parity.html"))
    assert nowhere.exit_code == 3
    assert "cannot be written" in nowhere.stderr
