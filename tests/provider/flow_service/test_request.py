"""Requests before they are sent."""

from __future__ import annotations

from pulumi_adobe.flow_service.request import Request

PATCH = Request("PATCH", "https://host.example/a/b?c=planted", json={"password": "planted"}, form={"secret": "planted"})


def test_with_headers_replaces_headers_in_a_copy() -> None:
    request = Request("GET", "https://host.example/", headers={"If-Match": "old", "Accept": "json"})

    assert request.with_headers(If_Match="new").headers == {"If-Match": "new", "Accept": "json"}
    assert request.headers == {"If-Match": "old", "Accept": "json"}


def test_name_is_method_and_path() -> None:
    assert PATCH.name == "PATCH /a/b"


def test_repr_shows_no_body() -> None:
    shown = repr(Request("POST", "https://host.example/", json=PATCH.json, form=PATCH.form))

    assert "planted" not in shown


def test_request_is_not_idempotent_by_default() -> None:
    assert PATCH.idempotent is False
