"""The call of Adobe's tutorial for Databricks, which everything starts from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.emulator.adobe_client import AdobeClient

TUTORIAL: dict[str, Any] = json.loads((Path(__file__).parent.parent / "data" / "tutorial.json").read_text("utf-8"))


def shape(text: str) -> str:
    """Every hex digit as one letter: the lengths, dashes and quotes remain."""
    return re.sub(r"[0-9a-f]", "h", text)


def test_request_of_adobes_tutorial_gets_its_response(adobe: AdobeClient) -> None:
    answer = adobe.post(TUTORIAL["request"])
    assert answer.status_code == 201
    assert {key: shape(value) for key, value in answer.json().items()} == {
        key: shape(value) for key, value in TUTORIAL["response"].items()
    }


def test_etag_has_double_quotes_inside(adobe: AdobeClient) -> None:
    etag = adobe.create(TUTORIAL["request"])["etag"]
    assert etag.startswith('"')
    assert etag.endswith('"')


def test_created_connection_is_returned_without_its_secret(adobe: AdobeClient) -> None:
    shown = adobe.read(adobe.create(TUTORIAL["request"])["id"])
    expected = json.loads(json.dumps(TUTORIAL["request"]))
    expected["auth"]["params"]["accessToken"] = "********"
    assert {key: shown[key] for key in expected} == expected


def test_location_header_is_the_path_of_the_new_connection(adobe: AdobeClient) -> None:
    answer = adobe.post(TUTORIAL["request"])
    assert answer.headers["Location"].endswith(f"/connections/{answer.json()['id']}")
