"""A resource as a rule sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adobe_flow_policy.resource import list_hidden_texts, read_resource
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.recorded_requests import (
    RECORDED,
    RECORDED_NATIVE,
    build_remediation_args,
    build_resource_args,
    replace_secrets,
    replace_unknown_values,
)
from tests.policy.resources import NOW, UNHURRIED, connection


def find_request(
    name: str, kind: str, provider: dict[str, Any] | None = None, recorded: dict[str, Any] = RECORDED
) -> dict[str, Any]:
    request: dict[str, Any] = next(
        request for request in recorded["Analyze"] if request["name"] == name and request["type"].endswith(f":{kind}")
    )
    return request if provider is None else {**request, "provider": {**request["provider"], "properties": provider}}


def test_connection_is_parsed_from_the_properties_of_the_engine() -> None:
    lake = read_resource(build_resource_args(find_request("lake", "DatabricksSourceConnection")))

    assert (lake.kind, lake.name, lake.stack, lake.collection) == (
        "DatabricksSourceConnection",
        "lake",
        "dev",
        "connections",
    )
    assert (lake.org, lake.sandbox, lake.protect) == ("0123456789ABCDEF01234567@AdobeOrg", "dev", False)
    assert lake.properties["domain"] is UNKNOWN
    assert lake.properties["authSpec"] == "Access Token Authentication"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("lake", "DatabricksSourceConnection"),
        ("pond", "BaseConnection"),
        ("orders", "SourceConnection"),
        ("lake-orders", "TargetConnection"),
        ("orders-daily", "Dataflow"),
        ("elsewhere", "DatabricksSourceConnection"),
    ],
)
def test_a_resource_of_the_native_provider_is_seen_as_that_of_the_dynamic_one(name: str, kind: str) -> None:
    """Its program gives less: the owner, the connection spec and the defaults are not in the engine's request."""
    request = find_request(name, kind, recorded=RECORDED_NATIVE)
    native, dynamic = (read_resource(build_resource_args(each)) for each in (request, find_request(name, kind)))

    assert request["type"] == f"adobe:index:{kind}"
    assert "owner" not in request["properties"]
    assert native.kind == kind
    assert replace(native, urn="", at=NOW) == replace(dynamic, urn="", at=NOW)


def test_the_pickled_provider_is_no_property() -> None:
    request = next(request for request in RECORDED["Remediate"] if "__provider" in request["properties"])

    assert "__provider" not in read_resource(build_remediation_args(request)).properties
    assert request["properties"]["__provider"] not in list_hidden_texts(build_remediation_args(request))


def test_the_environment_says_where_the_native_provider_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADOBE_SANDBOX", "prod")
    plain = {"orgId": "org", "version": "0.1.0"}
    default, explicit = (
        read_resource(
            build_resource_args(find_request("lake", "DatabricksSourceConnection", each, recorded=RECORDED_NATIVE))
        )
        for each in (plain, {**plain, "flowService": "eu", "sandbox": "stage"})
    )

    assert (default.org, default.sandbox, explicit.sandbox) == ("org", "prod", "stage")


def test_the_option_protect_is_seen() -> None:
    request = find_request("lake", "DatabricksSourceConnection")

    assert read_resource(build_resource_args({**request, "options": {"protect": True}})).protect is True


def test_sandbox_of_an_explicit_provider_may_be_unknown() -> None:
    assert (
        read_resource(build_resource_args(find_request("elsewhere", "DatabricksSourceConnection"))).sandbox is UNKNOWN
    )


def test_sandbox_of_the_environment_is_used_if_the_stack_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = build_resource_args(find_request("lake", "DatabricksSourceConnection", {"adobe:orgId": "org"}))

    assert read_resource(bare).sandbox is None
    monkeypatch.setenv("ADOBE_SANDBOX", "prod")
    assert (read_resource(bare).org, read_resource(bare).sandbox) == ("org", "prod")


def test_sandbox_of_the_environment_is_ignored_for_an_explicit_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADOBE_SANDBOX", "prod")
    own = {"flowService": "eu", "orgId": "org", "sandbox": "stage"}

    assert (
        read_resource(build_resource_args(find_request("lake", "DatabricksSourceConnection", own))).sandbox == "stage"
    )


@pytest.mark.parametrize("request_", replace_unknown_values("x")["Analyze"], ids=lambda request: request["name"])
@UNHURRIED
@given(secret=st.text())
def test_rules_see_the_same_values_whether_or_not_redaction_knows_them_as_secrets(
    request_: dict[str, Any], secret: str
) -> None:
    one, other = (build_resource_args(replace_secrets(request_, value)) for value in (secret, "another"))

    assert replace(read_resource(one), at=NOW) == replace(read_resource(other), at=NOW)
    assert secret in list(list_hidden_texts(one))


def test_absent_empty_and_unknown_values_are_distinguished() -> None:
    resource = connection(catalog="", description=UNKNOWN, interval=True, without=("name",))

    assert (resource.lacks("name"), resource.lacks("catalog"), resource.lacks("description")) == (True, True, False)
    assert (resource.get_text("description"), resource.get_text("database")) == (None, "acme-db")
    assert resource.get_number("interval") is None
