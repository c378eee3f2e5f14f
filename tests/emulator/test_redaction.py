"""What the journal keeps of secrets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_service_emulator import redaction

SECRET = "s3cr3t-value"


@given(st.recursive(st.just(SECRET), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_nested_value_under_a_secret_name_is_not_stored(value: Any) -> None:
    assert SECRET not in json.dumps(redaction.redact_json({"auth": [{"params": {"password": value}}]}))


@pytest.mark.parametrize("path", ["/auth/params/accessToken", "/auth/params/myOwnPassword"])
def test_value_patched_to_a_secret_is_not_stored(path: str) -> None:
    assert SECRET not in str(redaction.redact_json([{"op": "replace", "path": path, "value": SECRET}]))


def test_values_that_are_not_secret_are_stored() -> None:
    body = {"name": "n", "auth": {"params": {"clusterId": "c", "accessKeyId": "k"}}, "list": [1, None, True]}
    assert redaction.redact_json(body) == body


def test_body_that_is_not_json_is_not_stored() -> None:
    assert redaction.redact_body(b'{"password": "s3cr3t', "application/json") == "(20 bytes that are no JSON)"


def test_repeated_form_field_is_stored_as_a_list() -> None:
    assert redaction.redact_form("property=a&property=b&limit=1") == {"property": ["a", "b"], "limit": "1"}


def test_secrets_in_a_query_are_not_stored() -> None:
    assert redaction.redact_form("client_id=me&client_secret=s3cr3t")["client_secret"].startswith("sha256:")
