"""`adobe-flow sources` lists the catalogue, and compares it with an organization."""

from __future__ import annotations

import pytest

from pulumi_adobe.sources import connection_specs
from tests.cli.command_line import AdobeFlow, assert_valid
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow


def test_catalogue_is_listed_without_a_request(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    said, as_json = adobe_flow("sources"), adobe_flow("sources", "--json")

    assert_valid(as_json, "sources")
    assert [row["source"] for row in as_json.json["sources"]] == sorted(connection_specs())
    assert as_json.json["comparison"] is None
    assert "oracle-eloqua" in said.stdout
    assert "Oracle Eloqua V2" in said.stdout
    assert (said.exit_code, as_json.exit_code, emulator.journal()) == (0, 0, [])


@pytest.mark.parametrize("pages", ["whole", "7"])
def test_organization_that_has_the_catalogue_does_not_differ(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, pages: str
) -> None:
    """The emulator's specs come from the same pages of Adobe's documentation, but not from the catalogue."""
    emulator.switch(spec_pages=pages)

    said = adobe_flow("sources", "--compare", "--json")

    assert_valid(said, "sources")
    assert said.exit_code == 0
    comparison = said.json["comparison"]
    assert {name: rows for name, rows in comparison.items() if name != "organization" and rows} == {}


def test_differences_end_with_exit_code_1_and_are_shown(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    lake = connection_specs()["databricks"]
    items = [
        {"id": lake.id, "name": "databricks", "attributes": {"isSource": True}, "authSpec": [{"name": "OAuth"}]},
        {"id": "new-1", "name": "braze", "attributes": {"isSource": True, "connectorName": "Braze"}},
        {"id": "new-2", "name": "lava", "attributes": {"isSource": True}},
    ]
    for _ in range(2):
        emulator.fault("GET /connectionSpecs", status=200, body={"items": items})

    said, as_json = adobe_flow("sources", "--compare"), adobe_flow("sources", "--compare", "--json")

    assert_valid(as_json, "sources")
    assert (said.exit_code, as_json.exit_code) == (1, 1)
    comparison = as_json.json["comparison"]
    assert [row["id"] for row in comparison["new"]] == ["new-1"]
    assert [row["source"] for row in comparison["differentIds"]] == ["lava"]
    assert len(comparison["missing"]) == len(connection_specs()) - 2
    assert comparison["differentAuthSpecs"][0]["new"] == ["OAuth"]
    assert all(text in said.stdout for text in ("Braze", "new-2", "OAuth", "71 differences"))


@pytest.mark.parametrize("malformed", [None, 5, "text", [], {}, [None], {"spec": 5}])
@pytest.mark.parametrize("member", ["id", "name", "attributes", "authSpec"])
def test_entry_of_another_form_is_shown_or_passed_over(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, member: str, malformed: object
) -> None:
    entry = {"id": "new-1", "name": "braze", "attributes": {"isSource": True}, "authSpec": [], member: malformed}
    emulator.fault("GET /connectionSpecs", status=200, body={"items": [entry]})

    said = adobe_flow("sources", "--compare", "--json")

    assert_valid(said, "sources")
    assert said.exit_code == 1


def test_sources_of_an_organization_that_refuses_access_are_exit_code_3(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    emulator.fault("GET /connectionSpecs", status=403, times=9)

    assert adobe_flow("sources", "--compare").exit_code == 3
