"""Sandbox Management: the sandboxes of the organization, one of them, and their types."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.emulator.adobe_client import AdobeClient


def ask(adobe: AdobeClient, path: str = "", method: str = "GET", **query: Any) -> requests.Response:
    url = f"{adobe.url}/data/foundation/sandbox-management{path}"
    return adobe.session.request(method, url, params=query, timeout=10)


@pytest.mark.parametrize("path", ["", "/", "/sandboxes"])
def test_all_sandboxes_are_listed(adobe: AdobeClient, path: str) -> None:
    listed = ask(adobe, path).json()

    assert [sandbox["name"] for sandbox in listed["sandboxes"]] == ["prod", "dev", "stage"]
    assert listed["_page"]["count"] == 3


def test_administrators_see_the_creator_of_a_sandbox(adobe: AdobeClient) -> None:
    available, administered = ask(adobe).json()["sandboxes"][0], ask(adobe, "/sandboxes").json()["sandboxes"][0]

    assert set(administered) - set(available) == {"createdDate", "lastModifiedDate", "createdBy", "modifiedBy"}


def test_filter_selects_sandboxes(adobe: AdobeClient) -> None:
    listed = ask(adobe, "/sandboxes", property="type==production").json()["sandboxes"]

    assert [sandbox["name"] for sandbox in listed] == ["prod"]


def test_sandbox_is_found_by_its_name(adobe: AdobeClient) -> None:
    assert ask(adobe, "/sandboxes/dev").json()["type"] == "development"
    assert ask(adobe, "/sandboxes/nowhere").status_code == 404


def test_sandbox_types_are_listed(adobe: AdobeClient) -> None:
    types = ask(adobe, "/sandboxTypes").json()["sandboxTypes"]

    assert [type_["id"] for type_ in types] == ["production", "development"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_only_administrators_can_change_sandboxes(adobe: AdobeClient, method: str) -> None:
    assert ask(adobe, "/sandboxes/dev", method).status_code == 403


@pytest.mark.parametrize("limit", ["x", "-1", "9" * 30, "٣"])
def test_limit_of_the_sandbox_list_must_be_a_number(adobe: AdobeClient, limit: str) -> None:
    assert ask(adobe, limit=limit).status_code == 400
