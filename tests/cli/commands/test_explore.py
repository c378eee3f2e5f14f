from __future__ import annotations

import pytest

from adobe_flow.aep.source_tables import describe_table, list_tables
from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.flow_service.client import FlowServiceClient
from tests.cli.command_line import AdobeFlow, assert_valid
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, build_foreign_connection


@pytest.fixture
def lake(emulator: EmulatorProcess) -> str:
    return str(emulator.foreign_create(**build_foreign_connection(name="lake"))["id"])


@pytest.mark.usefixtures("lake")
def test_explore_without_a_table_lists_all_tables_by_path(adobe_flow: AdobeFlow) -> None:
    outcome, as_json = adobe_flow("explore", "lake"), adobe_flow("explore", "lake", "--json")

    assert_valid(as_json, "explore")
    paths = [each["path"] for each in as_json.json["tables"]]
    assert paths == ["acme.customers", "acme.orders", "acme.spring_campaign"]
    assert as_json.json["table"] is None
    assert all(path in outcome.stdout for path in paths)
    assert "3 tables" in outcome.stdout


def test_explored_table_has_columns_and_shows_rows_only_on_request(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, lake: str
) -> None:
    columns = adobe_flow("explore", lake, "acme.orders", "--json")
    rows = adobe_flow("explore", lake, "acme.orders", "--rows", "--json")

    for outcome in (columns, rows):
        assert_valid(outcome, "explore")
        found = {each["name"]: (each["type"], each["xdm"]) for each in outcome.json["table"]["columns"]}
        assert found["ordered_at"] == ("string", "date-time")
        assert found["amount"] == ("double", "number")
    assert columns.json["table"]["rows"] is None
    asked = [each["query"] for each in emulator.journal() if each["path"].endswith("/explore")]
    assert ["preview" in str(query) for query in asked] == [False, True]
    assert {row["order_id"] for row in rows.json["table"]["rows"]} >= {"O-5001"}


@pytest.mark.parametrize("width", ["40", "160"])
def test_rows_are_readable_in_a_narrow_and_in_a_wide_terminal(
    adobe_flow: AdobeFlow, lake: str, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)

    outcome = adobe_flow("explore", lake, "acme.orders", "--rows").stdout

    assert "O-5001" in outcome
    assert ("row 1" in outcome) is (width == "40")
    assert max(map(len, outcome.splitlines())) <= int(width)


@pytest.mark.usefixtures("lake")
def test_unknown_table_is_an_error_with_the_nearest_name(adobe_flow: AdobeFlow) -> None:
    outcome = adobe_flow("explore", "lake", "acme.order")

    assert (outcome.exit_code, outcome.stdout) == (3, "")
    assert 'The source has no table "acme.order".' in outcome.stderr
    assert "Did you mean acme.orders" in outcome.stderr


@pytest.mark.usefixtures("lake")
def test_unknown_connection_and_rows_without_a_table_are_errors(adobe_flow: AdobeFlow) -> None:
    unknown, usage = adobe_flow("explore", "lak"), adobe_flow("explore", "lake", "--rows")

    assert (unknown.exit_code, usage.exit_code) == (3, 2)
    assert "Did you mean lake?" in unknown.stderr
    assert "--rows" in usage.stderr


def test_source_that_does_not_respond_is_reported_with_likely_causes(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, lake: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADOBE_TIMEOUT", "1")
    emulator.fault("GET /connections/{id}/explore", status=504, times=9)
    asleep = adobe_flow("explore", lake)
    emulator.clear_faults()
    emulator.fault("GET /connections/{id}/explore", status=400, body={"errorMessage": "cluster terminated"}, times=2)
    refused = adobe_flow("explore", lake, "acme.orders")

    for outcome in (asleep, refused):
        assert (outcome.exit_code, outcome.stdout) == (3, "")
        assert "the cluster must run" in outcome.stderr
    assert "cluster terminated" in refused.stderr


def test_explore_reads_other_response_formats(emulator: EmulatorProcess, lake: str) -> None:
    """A list under `items` (snowflake-streaming), a JSON schema in the place of columns (REST sources)."""
    access = Credentials(
        emulator.url, emulator.url, ORG, "dev", "emulator-client-id", "emulator-client-secret", scopes="openid"
    )
    service = FlowServiceClient(access)
    emulator.fault("GET /connections/{id}/explore", status=200, body={"items": [{"type": "table", "name": "ACME"}]})
    listed = list_tables(service, lake)
    schema = {"type": "object", "properties": {"email": {"type": "string"}, "tags": {"type": ["array", "null"]}}}
    emulator.fault("GET /connections/{id}/explore", status=200, body={"format": "hierarchical", "schema": schema})
    described = describe_table(service, lake, "members", rows=False)

    assert listed == [{"path": "ACME", "name": "ACME", "type": "table"}]
    assert described["columns"] == [
        {"name": "email", "type": "string", "xdm": None},
        {"name": "tags", "type": ["array", "null"], "xdm": None},
    ]
