"""GET /connections/{id}/explore and /test."""

from __future__ import annotations

import pytest

from tests.emulator.adobe_client import AdobeClient, lake, lake_with

S3 = "ecadc60c-7455-4d87-84dc-2a0e293d997b"


def test_the_root_is_a_list_of_tables(adobe: AdobeClient) -> None:
    tables = adobe.get(f"/connections/{adobe.create()['id']}/explore", objectType="root").json()
    assert {"type", "name", "path", "canPreview", "canFetchSchema"} == set(tables[0])


def test_a_table_has_columns(adobe: AdobeClient) -> None:
    path = f"/connections/{adobe.create()['id']}/explore"
    for table in adobe.get(path, objectType="ROOT").json():
        answer = adobe.get(path, objectType="table", object=table["path"]).json()
        assert answer["format"] == "flat"
        assert {"name", "type", "xdm"} <= set(answer["schema"]["columns"][0])
        assert "data" not in answer


def test_a_preview_has_rows_of_these_columns(adobe: AdobeClient) -> None:
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
def test_a_wrong_question_is_refused(adobe: AdobeClient, query: dict[str, str], code: str) -> None:
    answer = adobe.get(f"/connections/{adobe.create()['id']}/explore", **query)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, code)


def test_a_source_of_files_has_no_tables_here(adobe: AdobeClient) -> None:
    params = {"s3AccessKey": "key", "s3SecretKey": "secret"}
    files = lake(auth={"specName": "Access Key", "params": params}, connectionSpec={"id": S3, "version": "1.0"})
    answer = adobe.get(f"/connections/{adobe.create(files)['id']}/explore", objectType="root")
    assert answer.json()["errorCode"] == "CONNECTOR-1336-400"


def test_credentials_that_work_pass_the_test(adobe: AdobeClient) -> None:
    assert adobe.get(f"/connections/{adobe.create()['id']}/test").json() == {"result": True}


@pytest.mark.parametrize("secret", ["invalid", "expired", "revoked", "", "********"])
def test_credentials_that_do_not_work_fail_it_and_explore_nothing(adobe: AdobeClient, secret: str) -> None:
    path = f"/connections/{adobe.create(lake_with(accessToken=secret))['id']}"
    assert adobe.get(f"{path}/test").json() == {"result": False}
    assert adobe.get(f"{path}/explore", objectType="root").json()["errorCode"] == "1100-400"


@pytest.mark.parametrize("what", ["test", "explore"])
def test_of_an_unknown_connection_there_is_nothing_to_tell(adobe: AdobeClient, what: str) -> None:
    assert adobe.get(f"/connections/unknown/{what}").status_code == 404
