"""Advice about errors of the Flow Service client."""

from __future__ import annotations

import pytest

from pulumi_adobe.advice import advise, with_advice
from pulumi_adobe.config.settings import SETTINGS_TABLE
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.response import Response

NOTHING_CHANGED = "This request changed nothing"


@pytest.mark.parametrize(
    ("error", "facts"),
    [
        (errors.InvalidRequest("x"), (NOTHING_CHANGED, "Correct")),
        (errors.InUse("x"), (NOTHING_CHANGED, "delete them first")),
        (
            errors.CredentialsRejected("x"),
            ("ADOBE_CLIENT_ID", "ADOBE_CLIENT_SECRET", "adobe:clientSecret", "ADOBE_ACCESS_TOKEN", "24 hours"),
        ),
        (errors.AccessDenied("x"), ("adobe:orgId", "adobe:sandbox", "Developer Console")),
        (errors.NotFound("x"), ("`pulumi refresh`", "`pulumi up`")),
        (errors.Conflict("x"), ("`pulumi refresh`", "`pulumi preview --diff`", "`pulumi up`")),
        (errors.RateLimited("x"), ("adobe:requestsPerSecond",)),
        (errors.Unavailable("x"), ("later",)),
        (errors.UnexpectedResponse("x", from_token_endpoint=True), ("adobe:imsEndpoint", "proxy")),
        (errors.UnexpectedResponse("x"), ("adobe:endpoint", "proxy")),
        (
            errors.Unreachable("x", is_out_of_time=True, is_loopback=True),
            (NOTHING_CHANGED, "adobe:timeout", "adobe:requestsPerSecond"),
        ),
        (errors.Unreachable("x", is_loopback=True), (NOTHING_CHANGED, "`make emulator`", "adobe:endpoint")),
        (errors.Unreachable("x"), (NOTHING_CHANGED, "adobe:imsEndpoint", "HTTPS_PROXY", "REQUESTS_CA_BUNDLE")),
        (errors.NoResponse("x", may_have_taken_effect=False), (NOTHING_CHANGED, "later")),
        (errors.NoResponse("x"), ("may have taken effect", "`pulumi refresh`")),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, AdobeError) else "",
)
def test_advice_names_what_to_do(error: AdobeError, facts: tuple[str, ...]) -> None:
    advice = advise(error)

    assert all(fact in advice for fact in facts)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (errors.Unreachable("x", is_out_of_time=True), "HTTPS_PROXY"),
        (errors.Unreachable("x"), "emulator"),
        (errors.NoResponse("x"), NOTHING_CHANGED),
        (errors.InUse("x"), "Correct"),
    ],
    ids=["out of time", "remote", "may have taken effect", "in use"],
)
def test_advice_for_another_case_is_not_given(error: AdobeError, word: str) -> None:
    assert word not in advise(error)


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        ("/data/foundation/catalog/dataSets/5", "View Datasets", "sources"),
        ("/data/foundation/schemaregistry/tenant/schemas", "View Schemas", "sources"),
        ("/data/foundation/flowservice/connections", "manage sources", "Datasets"),
    ],
)
def test_advice_about_a_refused_access_names_the_permission_of_its_api(path: str, right: str, wrong: str) -> None:
    refusal = Response(f"GET {path}", 403, "{}").to_error(str)

    advice = advise(refusal)

    assert isinstance(refusal, errors.AccessDenied)
    assert right in advice
    assert wrong not in advice


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 418, 422, 429, 500, 502, 503, 599, 302])
def test_every_http_status_has_advice(status: int) -> None:
    assert advise(Response("GET /x", status, "{}").to_error(str))


def test_other_errors_have_no_advice() -> None:
    error = AdobeError("x")

    assert advise(error) == ""
    assert with_advice(error) is error


def test_hint_of_an_error_is_kept() -> None:
    error = errors.NotFound("x", "Correct the id.")

    assert with_advice(error) is error


def test_error_with_advice_keeps_class_and_fields() -> None:
    error = with_advice(errors.RateLimited("x", status=429, code="429050", text="slow", retry_after=7.0))

    assert type(error) is errors.RateLimited
    assert error.hint == advise(errors.RateLimited("x"))
    assert (error.status, error.code, error.text, error.retry_after) == (429, "429050", "slow", 7.0)


def test_advice_names_only_settings_that_exist() -> None:
    names = {setting.config_key for setting in SETTINGS_TABLE} | {setting.variable for setting in SETTINGS_TABLE}
    every_error = (
        *(cls("x") for cls in (errors.CredentialsRejected, errors.AccessDenied, errors.RateLimited)),
        *(errors.UnexpectedResponse("x", from_token_endpoint=value) for value in (True, False)),
        *(errors.Unreachable("x", is_out_of_time=value) for value in (True, False)),
        errors.Unreachable("x", is_loopback=True),
    )
    words = {word.strip("(),.:;`") for error in every_error for word in advise(error).split()}

    named = {word for word in words if word.startswith(("adobe:", "ADOBE_"))}
    assert named
    assert named <= names
