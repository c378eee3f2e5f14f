"""GET /connections/{id}/explore and /test."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.adobe_client import AdobeClient, code_of, lake, lake_with
from tests.emulator_process import EmulatorProcess

HTTP_API = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
KINESIS = "86043421-563b-46ec-8e6c-e23184711bf6"
SNOWFLAKE_STREAMING = "51ae16c2-bdad-42fd-9fce-8d5dfddaf140"
S3 = "ecadc60c-7455-4d87-84dc-2a0e293d997b"


def test_root_of_a_table_source_is_a_list_of_tables(adobe: AdobeClient) -> None:
    tables = adobe.get(f"/connections/{adobe.create()['id']}/explore", objectType="root").json()
    assert {"type", "name", "path", "canPreview", "canFetchSchema"} == set(tables[0])


def test_explored_table_has_columns(adobe: AdobeClient) -> None:
    path = f"/connections/{adobe.create()['id']}/explore"
    for table in adobe.get(path, objectType="ROOT").json():
        answer = adobe.get(path, objectType="table", object=table["path"]).json()
        assert answer["format"] == "flat"
        assert {"name", "type", "xdm"} <= set(answer["schema"]["columns"][0])
        assert "data" not in answer


def test_preview_of_a_table_has_rows_with_its_columns(adobe: AdobeClient) -> None:
    query = {"objectType": "table", "object": "acme.orders", "preview": "true"}
    answer = adobe.get(f"/connections/{adobe.create()['id']}/explore", **query).json()
    assert set(answer["data"][0]) == {column["name"] for column in answer["schema"]["columns"]}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "CONNECTOR-1358-400"),
        ({"objectType": "folder"}, "CONNECTOR-1358-400"),
        ({"objectType": "table"}, "CONNECTOR-1337-400"),
        ({"objectType": "table", "object": "nothing"}, "CONNECTOR-1330-400"),
    ],
)
def test_invalid_explore_query_is_refused(adobe: AdobeClient, query: dict[str, str], code: str) -> None:
    answer = adobe.get(f"/connections/{adobe.create()['id']}/explore", **query)
    assert (answer.status_code, code_of(answer)) == (400, code)


def _explore_files(adobe: AdobeClient, **query: str) -> Any:
    params = {"s3AccessKey": "key", "s3SecretKey": "secret"}
    files = lake(auth={"specName": "Access Key", "params": params}, connectionSpec={"id": S3, "version": "1.0"})
    return adobe.get(f"/connections/{adobe.create(files)['id']}/explore", **query).json()


@pytest.mark.parametrize("query", [{"objectType": "root"}, {"objectType": "folder", "object": "/"}], ids=str)
def test_cloud_storage_source_lists_its_files(adobe: AdobeClient, query: dict[str, str]) -> None:
    assert {"type": "file", "name": "acme.orders", "path": "acme.orders"} in _explore_files(adobe, **query)


def test_explored_file_has_columns(adobe: AdobeClient) -> None:
    answer = _explore_files(adobe, objectType="file", object="acme.orders", fileType="delimited")
    assert answer["schema"]["columns"][0]["name"] == "order_id"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"objectType": "table", "object": "acme.orders"}, "CONNECTOR-1358-400"),
        ({"objectType": "file", "object": "acme.order", "fileType": "delimited"}, "CONNECTOR-1330-400"),
        ({"objectType": "file", "object": "acme.orders", "fileType": "parquet"}, "CONNECTOR-1308-400"),
        ({"objectType": "folder", "object": "nowhere"}, "1101-404"),
    ],
    ids=str,
)
def test_invalid_explore_query_about_files_is_refused(adobe: AdobeClient, query: dict[str, str], code: str) -> None:
    assert code_of(_explore_files(adobe, **query)) == code


@pytest.mark.parametrize(
    ("spec", "auth_spec", "params"),
    [
        (HTTP_API, "Streaming Connection", {"dataType": "raw"}),
        (KINESIS, "Aws Kinesis authentication credentials", {"accessKeyId": "a", "secretKey": "s", "region": "r"}),
    ],
)
def test_a_source_without_tables_files_and_records_cannot_be_explored(
    adobe: AdobeClient, spec: str, auth_spec: str, params: dict[str, str]
) -> None:
    stream = lake(auth={"specName": auth_spec, "params": params}, connectionSpec={"id": spec, "version": "1.0"})
    answer = adobe.get(f"/connections/{adobe.create(stream)['id']}/explore", objectType="root")
    assert code_of(answer) == "CONNECTOR-1336-400"


def test_snowflake_streaming_lists_its_tables_in_another_format(adobe: AdobeClient) -> None:
    """snowflake-streaming.md has an object with `items`, tabular.md a list."""
    names = ("account", "database", "warehouse", "username", "password")
    auth = {"specName": "Basic Authentication for Snowflake", "params": dict.fromkeys(names, "x")}
    stream = lake(auth=auth, connectionSpec={"id": SNOWFLAKE_STREAMING, "version": "1.0"})

    answer = adobe.get(f"/connections/{adobe.create(stream)['id']}/explore", objectType="root").json()

    assert {"type": "table", "name": "acme.orders"} in answer["items"]


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        ("1330-400", 400, "CONNECTOR-1330-400"),
        ("1101-404", 404, "1101-404"),
        ("1100-400", 400, "1100-400"),
        ("1308-400", 400, "CONNECTOR-1308-400"),
        ("empty", 200, ""),
    ],
)
def test_missing_table_gets_the_response_that_the_switch_selects(
    adobe: AdobeClient, emulator: EmulatorProcess, answer: str, status: int, code: str
) -> None:
    emulator.switch(missing_table=answer)

    response = adobe.get(f"/connections/{adobe.create()['id']}/explore", objectType="table", object="acme.order")

    assert (response.status_code, code_of(response)) == (status, code)


def test_valid_credentials_pass_the_connection_test(adobe: AdobeClient) -> None:
    assert adobe.get(f"/connections/{adobe.create()['id']}/test").json() == {"result": True}


@pytest.mark.parametrize("secret", ["invalid", "expired", "revoked", "", "********"])
def test_invalid_credentials_fail_the_connection_test_and_every_exploration(adobe: AdobeClient, secret: str) -> None:
    path = f"/connections/{adobe.create(lake_with(accessToken=secret))['id']}"
    assert adobe.get(f"{path}/test").json() == {"result": False}
    assert code_of(adobe.get(f"{path}/explore", objectType="root")) == "1100-400"


@pytest.mark.parametrize("what", ["test", "explore"])
def test_unknown_connection_can_be_neither_tested_nor_explored(adobe: AdobeClient, what: str) -> None:
    assert adobe.get(f"/connections/unknown/{what}").status_code == 404
