from __future__ import annotations

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection


def test_list_shows_name_source_state_and_last_author(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    made = emulator.foreign_create(**build_foreign_connection(name="by hand"))

    said = adobe_flow("list")
    as_json = adobe_flow("list", "--json")

    (line,) = [line for line in said.stdout.splitlines() if "by hand" in line]
    assert line.split()[2:5] == ["databricks", "enabled", "0"]
    assert made["id"] in line
    assert_valid(as_json, "list")
    (found,) = as_json.json["connections"]
    assert found["created"]["by"] in line
    assert found["managedAs"] is None


def test_list_filters_by_source_state_and_part_of_the_name(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection(name="Lake one"))
    emulator.foreign_create(**build_foreign_connection(name="lake two", state="failed"))
    emulator.foreign_create(**build_foreign_connection(name="else", connectionSpec={"id": "no-such", "version": "1.0"}))

    def names(*options: str) -> list[str]:
        return [each["name"] for each in adobe_flow("list", "--json", *options).json["connections"]]

    assert names("--name", "lake") == ["Lake one", "lake two"]
    assert names("--name", "lake", "--state", "failed") == ["lake two"]
    assert names("--source", "no-such") == ["else"]
    assert names("--source", "databricks") == ["Lake one", "lake two"]


def test_list_of_all_sandboxes_names_the_sandbox_on_each_line(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection(name="here"))
    emulator.foreign_create(**build_foreign_connection(name="there", sandbox="prod"))

    assert [each["name"] for each in adobe_flow("list", "--json").json["connections"]] == ["here"]
    found = adobe_flow("list", "--all-sandboxes", "--json")
    assert_valid(found, "list")
    assert {each["name"]: each["sandbox"] for each in found.json["connections"]} == {"here": "dev", "there": "prod"}
    assert "prod" in adobe_flow("list", "-a").stdout


def test_list_of_all_sandboxes_names_the_sandbox_of_a_single_connection_too(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    emulator.foreign_create(**build_foreign_connection(name="there", sandbox="stage"))

    (line,) = [line for line in adobe_flow("list", "-a").stdout.splitlines() if "there" in line]

    assert "stage" in line


def test_sandbox_without_permission_is_named_and_the_other_sandboxes_are_listed(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    emulator.foreign_create(**build_foreign_connection(name="there", sandbox="prod"))
    emulator.foreign_create(**build_foreign_connection(name="here"))
    body = {"errorMessage": "no access to the sandbox", "errorCode": "2101-403"}
    # prod is asked first, and its flows before its connections.
    emulator.fault("GET /flows", status=403, body=body)

    found = adobe_flow("list", "-a", "--json")

    assert_valid(found, "list")
    assert [each["sandbox"] for each in found.json["refused"]] == ["prod"]
    assert "no access" in found.json["refused"][0]["reason"]
    assert [each["name"] for each in found.json["connections"]] == ["here"]


def test_pages_of_connections_are_merged_into_one_list(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    for number in range(101):
        emulator.foreign_create(**build_foreign_connection(name=f"lake {number}"))

    assert len(adobe_flow("list", "--json").json["connections"]) == 101
    assert "101 connections" in adobe_flow("list").stdout


def test_empty_list_is_no_error(adobe_flow: AdobeFlow) -> None:
    said = adobe_flow("list")

    assert (said.exit_code, said.stderr) == (0, "")
    assert "0 connections" in said.stdout


@pytest.mark.parametrize("width", ["60", "80", "120", "150"])
def test_a_narrow_terminal_shows_names_and_whole_ids(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    here = emulator.foreign_create(**build_foreign_connection(name="Kundenstamm"))
    there = emulator.foreign_create(**build_foreign_connection(name="Rechnungen und Lieferungen", sandbox="prod"))
    monkeypatch.setenv("COLUMNS", width)

    said = adobe_flow("list", "--all-sandboxes").stdout

    lines = said.splitlines()
    assert max(map(len, lines)) <= int(width)
    assert any("Kundenstam" in line and here["id"] in line for line in lines)
    assert any("Rechnungen" in line and there["id"] in line for line in lines)
    assert ("columns omitted" in said) is (width != "150")


def test_a_pipe_has_a_line_for_each_connection_with_all_columns(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "a name of many words " * 12 + "end"
    made = emulator.foreign_create(**build_foreign_connection(name=name))
    monkeypatch.delenv("COLUMNS")

    (line,) = [line for line in adobe_flow("list").stdout.splitlines() if made["id"] in line]

    assert line.startswith(name)
    assert "enabled" in line


def test_unknown_source_is_an_error_with_the_similar_name(adobe_flow: AdobeFlow) -> None:
    refusal = adobe_flow("list", "--source", "databrick")

    assert refusal.exit_code == 2
    assert "did you mean databricks?" in " ".join(refusal.stderr.split())


def test_reading_all_sandboxes_shows_its_progress(adobe_flow: AdobeFlow) -> None:
    assert "prod" in adobe_flow("list", "-a").stderr
    assert adobe_flow("list").stderr == ""


def test_connection_without_a_name_never_matches_a_part_of_a_name(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    made = emulator.foreign_create(**build_foreign_connection(name="x"))
    emulator.foreign_edit(made["id"], [{"op": "remove", "path": "/name"}])

    assert adobe_flow("list", "--json").json["connections"][0]["name"] is None
    assert adobe_flow("list", "--name", "non", "--json").json["connections"] == []
