"""A request before it is sent."""

from __future__ import annotations

from pulumi_adobe.flow_service.request import Request

PATCH = Request("PATCH", "https://host.example/a/b?c=planted", json={"password": "planted"}, form={"secret": "planted"})


def test_added_headers_win_and_leave_the_request_as_it_was() -> None:
    request = Request("GET", "https://host.example/", headers={"If-Match": "old", "Accept": "json"})

    assert request.with_headers(If_Match="new").headers == {"If-Match": "new", "Accept": "json"}
    assert request.headers == {"If-Match": "old", "Accept": "json"}


def test_its_name_is_method_and_path_alone() -> None:
    assert PATCH.name == "PATCH /a/b"


def test_neither_body_is_in_its_repr() -> None:
    shown = repr(Request("POST", "https://host.example/", json=PATCH.json, form=PATCH.form))

    assert "planted" not in shown


def test_a_request_is_taken_for_unsafe_to_repeat_unless_said_otherwise() -> None:
    assert PATCH.idempotent is False
