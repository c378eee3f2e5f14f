"""What a source says of a table or a file, however it answers for one that it lacks."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.tables import FileForm
from pulumi_adobe.resource_types.source_connection import DATAFLOW_COLUMNS
from pulumi_adobe.resource_types.source_contents import build_source_content
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.sources import connection_specs
from tests.provider.lifecycle.world import Process, build_inputs
from tests.provider.resources.flow_world import SOURCE_CONNECTION, FlowWorld, build_source_inputs

EXPLORE_ROUTE = "GET /connections/{id}/explore"
CLUSTER = "0612-200003-abc123"
ERRORS = ["1330-400", "1101-404", "1100-400", "1308-400"]
ALL_ANSWERS = pytest.mark.parametrize("answer", [*ERRORS, "empty"])


def _validate(flow_world: FlowWorld, process: Process | None = None, **changes: Any) -> list[str]:
    lifecycle = flow_world.create_lifecycle(SOURCE_CONNECTION, process)
    return list(lifecycle.validate({}, build_source_inputs(flow_world.base_connection_id, **changes)))


@ALL_ANSWERS
@pytest.mark.parametrize("columns", [None, [{"name": "order_id"}]], ids=["all columns", "columns"])
def test_a_table_that_does_not_exist_is_named_with_the_nearest_one(
    flow_world: FlowWorld, answer: str, columns: list[Any] | None
) -> None:
    flow_world.world.emulator.switch(missing_table=answer)

    (problem,) = _validate(flow_world, tableName="acme.order", columns=columns)

    assert problem.startswith("table: ")
    assert "acme.order (" in problem
    assert "did you mean acme.orders?" in problem


@ALL_ANSWERS
def test_a_table_that_exists_has_no_problem_however_the_source_answers(flow_world: FlowWorld, answer: str) -> None:
    flow_world.world.emulator.switch(missing_table=answer)
    assert _validate(flow_world) == []


@pytest.mark.parametrize("answer", ["1308-400", "1100-400", "1103-503"])
def test_a_stopped_cluster_is_one_warning_for_all_its_tables(flow_world: FlowWorld, answer: str) -> None:
    process = flow_world.world.start_process()
    flow_world.world.emulator.switch(stopped_cluster=answer)
    flow_world.world.emulator.set_scenario(clusters={CLUSTER: "stopped"})

    assert [_validate(flow_world, process, tableName=f"acme.{name}") for name in "abc"] == [[], [], []]

    (message,) = process.messages
    assert "acme.a" in message


@pytest.mark.parametrize(
    "forbidden", [{"accessTokens": [build_inputs()["accessToken"]]}, {"clients": ["emulator-client-id"]}], ids=str
)
def test_a_credential_without_the_permission_to_explore_is_one_warning(
    flow_world: FlowWorld, forbidden: dict[str, list[str]]
) -> None:
    process = flow_world.world.start_process()
    flow_world.world.emulator.set_scenario(withoutExplore=forbidden)

    assert [_validate(flow_world, process, tableName=f"acme.{name}") for name in "ab"] == [[], []]

    (message,) = process.messages
    assert "403" in message


def test_unclear_response_about_a_listed_table_is_a_warning(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    flow_world.world.emulator.fault(EXPLORE_ROUTE, status=400, body={"errorMessage": "the request failed"})

    assert _validate(flow_world, process) == []
    assert len(process.messages) == 1


def test_unclear_response_is_no_problem_if_the_root_lists_folders(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    emulator = flow_world.world.emulator
    emulator.fault(EXPLORE_ROUTE, status=400, body={"errorMessage": "the request failed"})
    emulator.fault(EXPLORE_ROUTE, status=200, body=[{"type": "schema", "name": "acme", "path": "acme"}])

    assert _validate(flow_world, process, tableName="acme.hidden") == []
    assert len(process.messages) == 1


@pytest.mark.parametrize("table", ["ACME.ORDERS", "`acme`.`orders`"])
def test_another_spelling_of_a_listed_table_is_no_certain_problem(flow_world: FlowWorld, table: str) -> None:
    process = flow_world.world.start_process()
    flow_world.world.emulator.switch(missing_table="1308-400")

    assert _validate(flow_world, process, tableName=table) == []
    assert len(process.messages) == 1


def test_missing_base_connection_is_named(flow_world: FlowWorld) -> None:
    (problem,) = _validate(flow_world, baseConnectionId="0f0f0f0f-0000-4000-8000-000000000000")
    assert problem.startswith("base_connection: ")


def test_an_unknown_sandbox_is_no_problem_of_the_table(flow_world: FlowWorld) -> None:
    with pytest.raises(Exception, match="adobe:sandbox"):
        _validate(flow_world, flow_world.world.start_process(sandbox="nosuch"))


@pytest.mark.parametrize("mode", ["error", "warn", "off"])
def test_the_mode_decides_about_a_certain_problem(flow_world: FlowWorld, mode: str) -> None:
    process = flow_world.world.start_process(Options(test="off", preview_checks=mode))
    flow_world.world.emulator.clear_journal()

    problems = _validate(flow_world, process, tableName="acme.order")

    assert len(problems) == (mode == "error")
    assert len(process.messages) == (mode == "warn")
    assert (flow_world.world.emulator.journal() == []) is (mode == "off")


FILES: dict[str, Any] = {
    "tableName": None,
    "format": "delimited",
    "connectionSpec": {"id": connection_specs()["amazon-s3"].id, "version": "1.0"},
}


@pytest.fixture
def files(flow_world: FlowWorld) -> FlowWorld:
    """The same sandbox, with a cloud storage as the base connection."""
    body = {
        "name": "files",
        "connectionSpec": FILES["connectionSpec"],
        "auth": {"specName": "Access Key", "params": {"s3AccessKey": "a", "s3SecretKey": "b"}},
    }
    flow_world.base_connection_id = flow_world.world.start_process().service.create("connections", body).id
    return flow_world


@pytest.mark.parametrize("answer", ERRORS)
@pytest.mark.parametrize("path", ["acme.order", "/acme.order", "in/acme.orders"])
def test_missing_file_is_named(files: FlowWorld, answer: str, path: str) -> None:
    files.world.emulator.switch(missing_table=answer)

    (problem,) = _validate(files, **FILES, path=path)

    assert problem.startswith("path: ")
    assert path in problem


@pytest.mark.parametrize("path", ["acme.orders", "acme.*"])
def test_existing_file_and_file_pattern_have_no_problem(files: FlowWorld, path: str) -> None:
    assert _validate(files, **FILES, path=path) == []


FORM: dict[str, Any] = {"columnDelimiter": ";", "encoding": "ISO-8859-1", "compressionType": "gzip"}


def test_a_connection_spec_that_flow_service_lacks_is_a_problem(flow_world: FlowWorld) -> None:
    spec = {"id": "11111111-1111-4111-8111-111111111111", "version": "1.0"}

    (problem,) = _validate(flow_world, connectionSpec=spec, baseConnectionId=None, tableName=None, format=None)

    assert problem.startswith("connection_spec_id: ")
    assert spec["id"] in problem


def test_a_connection_spec_that_cannot_be_asked_for_is_a_warning(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    flow_world.world.emulator.fault("GET /connectionSpecs/{id}", status=403, body={"errorMessage": "no"}, times=9)
    spec = {"id": "11111111-1111-4111-8111-111111111111", "version": "1.0"}

    assert _validate(flow_world, process, connectionSpec=spec, tableName=None, format=None) == []
    assert spec["id"] in process.messages[0]


def _list_file_queries(files: FlowWorld) -> list[dict[str, str]]:
    return [each["query"] for each in files.world.emulator.journal() if each["query"].get("objectType") == "file"]


def test_file_is_explored_with_its_declared_format(files: FlowWorld) -> None:
    _validate(files, **FILES, **FORM, path="acme.orders")

    (query,) = _list_file_queries(files)
    assert query == {"objectType": "file", "object": "acme.orders", "fileType": "delimited", **FORM}


@pytest.mark.parametrize("name", FORM)
def test_unknown_file_format_is_not_guessed(files: FlowWorld, name: str) -> None:
    assert _validate(files, **FILES, **{**FORM, name: UNKNOWN}, path="acme.orders") == []
    assert _list_file_queries(files) == []


@pytest.mark.parametrize("name", FORM)
def test_changed_file_format_is_explored_again(files: FlowWorld, name: str) -> None:
    prior_inputs = build_source_inputs(files.base_connection_id, **FILES, **FORM, path="acme.orders")
    others = {"columnDelimiter": "|", "encoding": "UTF-8", "compressionType": "tar"}

    list(files.create_lifecycle(SOURCE_CONNECTION).validate(prior_inputs, {**prior_inputs, name: others[name]}))

    assert len(_list_file_queries(files)) == 1


def test_format_of_an_existing_source_connection_is_read_from_its_entity() -> None:
    content = build_source_content({"data": {"format": "delimited", "properties": FORM}, "params": {"path": "a.csv"}})

    assert content.file_form == FileForm("delimited", ";", "ISO-8859-1", "gzip")


def test_file_of_another_type_than_declared_is_a_warning(files: FlowWorld) -> None:
    process = files.world.start_process()
    assert _validate(files, process, **{**FILES, "format": "parquet"}, path="acme.orders") == []
    assert "parquet" in process.messages[0]


COLUMN_MISTAKES = [
    ({"deltaColumn": "orderd_at"}, "schedule.delta_column", "did you mean ordered_at?"),
    ({"deltaColumn": "amount"}, "schedule.delta_column", "number"),
    ({"mapped": ["order_id", "amont"]}, "mapping.amont", "did you mean amount?"),
]
DECLARED_COLUMNS = [{"name": "order_id"}, {"name": "amount"}, {"name": "ordered_at"}]


def _use_columns(**changes: Any) -> dict[str, Any]:
    """Return the input that says which columns a dataflow uses."""
    used = {"dataflow": "daily", "mapped": ["order_id"], "deltaColumn": "ordered_at", **changes}
    return {DATAFLOW_COLUMNS: [used]}


@pytest.mark.parametrize(("changes", "argument", "fact"), COLUMN_MISTAKES, ids=["delta", "type", "mapped"])
@pytest.mark.parametrize("columns", [None, DECLARED_COLUMNS], ids=["all columns", "columns"])
def test_column_that_a_dataflow_uses_and_the_source_connection_omits_is_a_problem(
    flow_world: FlowWorld, columns: list[Any] | None, changes: dict[str, Any], argument: str, fact: str
) -> None:
    (problem,) = _validate(flow_world, columns=columns, **_use_columns(**changes))

    assert problem.startswith(f'{argument} of Dataflow "daily": ')
    assert fact in problem


@pytest.mark.parametrize("used", [_use_columns(), _use_columns(deltaColumn=""), {DATAFLOW_COLUMNS: UNKNOWN}], ids=str)
def test_existing_and_unknown_columns_of_a_dataflow_have_no_problem(
    flow_world: FlowWorld, used: dict[str, Any]
) -> None:
    assert _validate(flow_world, **used) == []


def test_missing_table_is_the_only_problem_whatever_columns_the_dataflow_uses(flow_world: FlowWorld) -> None:
    (problem,) = _validate(flow_world, tableName="acme.order", **_use_columns(deltaColumn="x"))

    assert problem.startswith("table: ")
