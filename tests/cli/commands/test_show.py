from __future__ import annotations

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import Way
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection


def test_show_prints_parameters_but_no_secret(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    made = emulator.foreign_create(**build_foreign_connection(name="by hand"))

    by_name, by_id = adobe_flow("show", "by hand", "--json"), adobe_flow("show", made["id"], "--json")

    assert_valid(by_name, "show")
    assert by_name.json == by_id.json
    assert by_name.json["parameters"]["clusterId"] == "foreign"
    assert by_name.json["parameters"]["accessToken"] is None
    said = adobe_flow("show", "by hand").stdout
    assert "dapi-theirs" not in said
    assert "(a secret)" in said


def test_markup_in_a_name_is_shown_as_text(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection(name="[red]alert[/red]"))

    assert "[red]alert[/red]" in adobe_flow("show", "[red]alert[/red]").stdout


@pytest.mark.parametrize(
    ("wanted", "hint"), [("by hnd", "Did you mean by hand"), ("zzz", "There are: by hand, by hand too.")]
)
def test_unknown_name_is_an_error_with_the_nearest_name(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, wanted: str, hint: str
) -> None:
    emulator.foreign_create(**build_foreign_connection(name="by hand"))
    emulator.foreign_create(**build_foreign_connection(name="by hand too"))

    said = adobe_flow("show", wanted)

    assert (said.exit_code, said.stdout) == (3, "")
    assert f'There is no connection "{wanted}"' in said.stderr
    assert hint in said.stderr


def test_connections_with_one_name_are_listed_and_none_is_guessed(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    ids = [emulator.foreign_create(**build_foreign_connection(name="twin"))["id"] for _ in range(2)]

    said = adobe_flow("show", "twin")

    assert said.exit_code == 3
    assert all(id_ in said.stderr for id_ in ids)


def test_show_lists_the_dataflows_on_the_connection(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    with AdobeClient(emulator.url) as adobe:
        way = Way(adobe)
        flow = way.made("/flows", way.flow())

    found = adobe_flow("show", way.base, "--json")

    assert_valid(found, "show")
    assert [each["id"] for each in found.json["dataflows"]] == [flow]
    assert flow in adobe_flow("show", way.base).stdout
