"""Explore of REST sources: records, and the schema that they have."""

from __future__ import annotations

import base64

import pytest

from flow_service_emulator.connections.rest import build_schema
from tests.emulator.adobe_client import AdobeClient, code_of, lake

MAILCHIMP_MEMBERS = "2e8580db-6489-4726-96de-e33f5f60295f"
REST = {"objectType": "rest", "object": "json", "fileType": "json"}


@pytest.fixture
def path(adobe: AdobeClient) -> str:
    auth = {"specName": "Basic Authentication", "params": {"username": "u", "password": "p"}}
    base = adobe.create(lake(auth=auth, connectionSpec={"id": MAILCHIMP_MEMBERS, "version": "1.0"}))
    return f"/connections/{base['id']}/explore"


@pytest.mark.parametrize("params", ["e30", "e30=", base64.b64encode(b'{"listId": "10c097ca71"}').decode()])
def test_records_of_a_rest_source_have_a_schema(adobe: AdobeClient, path: str, params: str) -> None:
    answer = adobe.get(path, **REST, sourceParams=params).json()

    assert answer["format"] == "hierarchical"
    assert answer["schema"]["properties"]["email_address"] == {"type": "string"}
    assert answer["schema"]["properties"]["merge_fields"]["properties"].keys() == {"FNAME", "LNAME"}
    assert "data" not in answer


def test_preview_of_a_rest_source_has_its_records(adobe: AdobeClient, path: str) -> None:
    answer = adobe.get(path, **REST, sourceParams="e30=", preview="true").json()

    assert answer["data"][0]["merge_fields"] == {"FNAME": "Ada", "LNAME": "Byron"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "CONNECTOR-1304-400"),
        ({"sourceParams": ""}, "CONNECTOR-1304-400"),
        ({"sourceParams": "{}"}, "CONNECTOR-1312-400"),
        ({"sourceParams": base64.b64encode(b"[]").decode()}, "CONNECTOR-1312-400"),
        ({"sourceParams": "é"}, "CONNECTOR-1312-400"),
        ({"sourceParams": base64.b64encode(b"[" * 3000).decode()}, "CONNECTOR-1312-400"),
        ({"sourceParams": "e30=", "fileType": "delimited"}, "CONNECTOR-1312-400"),
        ({"sourceParams": "e30=", "objectType": "root"}, "CONNECTOR-1358-400"),
    ],
    ids=str,
)
def test_invalid_explore_query_about_records_is_refused(
    adobe: AdobeClient, path: str, query: dict[str, str], code: str
) -> None:
    assert code_of(adobe.get(path, **{**REST, **query})) == code


def test_schema_of_records_has_the_members_of_every_record() -> None:
    schema = build_schema([{"a": None, "b": [1]}, {"a": 1.5, "c": True}, {"d": []}])

    assert schema["properties"] == {
        "b": {"type": "array", "items": {"type": "integer"}},
        "a": {"type": "number"},
        "c": {"type": "boolean"},
        "d": {"type": "array"},
    }
