"""The paths that there are, and those that there are not."""

from __future__ import annotations

import pytest

from tests.emulator.adobe_client import AdobeClient, code_of

COLLECTIONS = ["flows", "sourceConnections", "targetConnections", "runs"]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_collection_is_an_empty_list_at_first(adobe: AdobeClient, collection: str) -> None:
    assert adobe.get(f"/{collection}").json() == {"items": [], "_links": {}}
    assert adobe.get(f"/{collection}", count="true").json() == {"count": 0}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_entity_with_an_unknown_id_is_not_found(adobe: AdobeClient, collection: str) -> None:
    answer = adobe.get(f"/{collection}/some-id")
    assert answer.status_code == 404
    assert answer.json()["errorMessage"] == f"{collection} not found with id = [some-id]"


@pytest.mark.parametrize(
    ("path", "code"), [("connectionSpecs", "1426-400"), ("flowSpecs", "1426-400"), ("runs", "1427-400")]
)
def test_write_of_entities_that_only_adobe_writes_is_refused(adobe: AdobeClient, path: str, code: str) -> None:
    assert code_of(adobe.send("PUT", f"/{path}/some-id", json={"name": "n"})) == code


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", "/connections", 405)])
def test_unknown_path_gets_an_error_in_flow_services_format(
    adobe: AdobeClient, method: str, path: str, status: int
) -> None:
    answer = adobe.send(method, path)
    assert answer.status_code == status
    assert set(answer.json()) == {"errorMessage", "errorDetails"}
