"""The paths that there are, and those that there are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.emulator.adobe_client import AdobeClient

COLLECTIONS = ["flows", "sourceConnections", "targetConnections", "runs"]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_collection_is_an_empty_list_at_first(adobe: AdobeClient, collection: str) -> None:
    assert adobe.get(f"/{collection}").json() == {"items": [], "_links": {}}
    assert adobe.get(f"/{collection}", count="true").json() == {"count": 0}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_there_is_none_of_an_unknown_id(adobe: AdobeClient, collection: str) -> None:
    answer = adobe.get(f"/{collection}/some-id")
    assert answer.status_code == 404
    assert answer.json()["errorMessage"] == f"{collection} not found with id = [some-id]"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", "/connections", 405)])
def test_what_nobody_serves_gets_an_error_in_flow_services_shape(
    adobe: AdobeClient, method: str, path: str, status: int
) -> None:
    answer = adobe.send(method, path)
    assert answer.status_code == status
    assert set(answer.json()) == {"errorMessage", "errorDetails"}
