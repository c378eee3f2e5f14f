"""Responses: parsing of JSON, and the error for every shape in which Adobe, or a proxy, refuses a request."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.flow_service.response import Response

REQUEST_NAME = "PATCH /data/foundation/flowservice/connections/1"


def create_error(status: int, body: Any, **headers: str) -> errors.FlowServiceError:
    text = body if isinstance(body, str) else json.dumps(body)
    return Response(REQUEST_NAME, status, text, headers).to_error(Redactor().redact)


def envelope(code: str, text: str) -> dict[str, Any]:
    """Return Flow Service's error envelope, as labels.md prints it."""
    return {
        "type": f"https://ns.adobe.com/aep/errors/{code}",
        "title": "Title",
        "status": int(code[-3:]),
        "report": {"detailed-message": text, "request-id": "of-report"},
        "errorMessage": text,
        "errorDetails": text,
    }


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": -Infinity}', '{"a": 1e999}', '{"a": [' * 100_000, "{"])
def test_json_that_other_parsers_refuse_is_none(text: str) -> None:
    assert Response(REQUEST_NAME, 200, text).json() is None


def test_an_integer_that_no_state_can_hold_is_absent_and_makes_nothing_else_unreadable() -> None:
    assert Response(REQUEST_NAME, 200, f'{{"a": {10**400}, "b": 1}}').json() == {"a": None, "b": 1}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'{"a": "\ud83d\ude00 \u00e9", "b": 1.5e3}', {"a": "\N{GRINNING FACE} é", "b": 1500}),
        (r'{"a\uD83D": "\udc00b"}', {"a?": "?b"}),
    ],
    ids=["whole pair", "halves"],
)
def test_half_of_a_surrogate_pair_is_replaced(text: str, value: Any) -> None:
    assert Response(REQUEST_NAME, 200, text).json() == value


@pytest.mark.parametrize(
    ("status", "body", "error_class", "words"),
    [
        (401, {"error_code": "401013", "message": "Oauth token is not valid"}, errors.CredentialsRejected, "401013"),
        (401, {"error_code": 401013, "message": "x"}, errors.CredentialsRejected, "(code 401013)"),
        (403, {"error_code": "403010", "message": "Oauth token is missing."}, errors.CredentialsRejected, "missing"),
        (403, {"error_code": "403003", "message": "Api Key is invalid"}, errors.CredentialsRejected, "Api Key"),
        (403, {"error_code": "403027", "message": "User region is missing"}, errors.AccessDenied, "region"),
        (404, {"errorMessage": "connections not found with id = [1]", "errorDetails": "x"}, errors.NotFound, "[1]"),
        (404, {"errorCode": "2100-404", "errorMessage": "Sandbox not found"}, errors.AccessDenied, "Sandbox"),
        (404, {"errorMessage": "Sandbox not found with name = [x]"}, errors.AccessDenied, "Sandbox"),
        (412, {"errorMessage": "Supplied version=[1] does not match"}, errors.Conflict, "Supplied version"),
        (409, {"errorMessage": "taken"}, errors.Conflict, "taken"),
        (400, {"message": "Please provide a valid spec id"}, errors.InvalidRequest, "valid spec id"),
        (400, {"errorCode": "1418-400", "errorMessage": "in use"}, errors.InUse, "in use"),
        (422, {}, errors.InvalidRequest, "a JSON object with nothing in it"),
        (429, {"error_code": "429050", "message": "Too many requests"}, errors.RateLimited, "429050"),
        (400, {"title": "BadRequestError", "detail": "A valid content-type"}, errors.InvalidRequest, "A valid content"),
        (400, {"title": "t", "status": 400, "report": {"detailed-message": "more"}}, errors.InvalidRequest, "t: more"),
        (401, {"error": "invalid_client", "error_description": "bad secret"}, errors.CredentialsRejected, "bad secret"),
        (502, "<html><style>a{}</style><h1>Bad</h1> Gateway</html>", errors.Unavailable, "Bad Gateway"),
        (503, "", errors.Unavailable, "an empty body"),
        (500, ["a", "list"], errors.Unavailable, "a JSON list"),
        (404, "<html>nginx</html>", errors.UnexpectedResponse, "nginx"),
        (404, "", errors.UnexpectedResponse, "an empty body"),
        (401, {"errorCode": "2000-401", "errorMessage": "no access"}, errors.AccessDenied, "no access"),
        (500, "[" * 100_000, errors.Unavailable, "100000 characters that are not JSON"),
        (400, ' {"sent": "dapi-half-of-a-sec', errors.InvalidRequest, ": 29 characters that are not JSON"),
        (400, {"error": {"password": "x"}}, errors.InvalidRequest, "a JSON object with error in it"),
        (400, {"status": 400, "report": {"detailed-message": "more"}}, errors.InvalidRequest, ": more"),
        (400, envelope("FLOW-1418-400", "in use"), errors.InUse, "in use (code 1418-400) (request id of-report)"),
        (404, envelope("FLOW-2100-404", "no sandbox"), errors.AccessDenied, "no sandbox (code 2100-404)"),
        (404, envelope("FLOW-1439-404", "no flow"), errors.NotFound, "no flow (code 1439-404)"),
        (400, envelope("CONNECTOR-1330-400", "no columns"), errors.InvalidRequest, "(code CONNECTOR-1330-400)"),
        (400, {"type": "/placeholder/type/uri", "title": "t"}, errors.InvalidRequest, "t"),
        (418, {"message": "teapot"}, errors.InvalidRequest, "teapot"),
        (302, "", errors.UnexpectedResponse, "redirect to no address"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_error_class_follows_status_and_code_and_message_is_adobes(
    status: int, body: Any, error_class: type[errors.FlowServiceError], words: str
) -> None:
    error = create_error(status, body)

    assert type(error) is error_class
    assert words in error.message
    assert error.message.startswith(REQUEST_NAME)


def test_redirect_error_names_the_host_without_its_path() -> None:
    error = create_error(307, "", Location="https://login.example.com/?session=abc")

    assert "https://login.example.com" in error.message
    assert "session" not in error.message


def test_error_names_the_request_id() -> None:
    assert "(request id abc)" in create_error(500, {}, **{"X-Request-Id": "abc"}).message


def test_long_message_is_shortened_and_a_body_without_message_is_not_shown() -> None:
    assert len(create_error(400, {"message": "x" * 5000}).message) < 700
    assert "hunter2" not in create_error(400, {"auth": {"params": {"password": "hunter2"}}}).message


@given(st.text(st.characters(codec="utf-8"), min_size=4, max_size=30), st.sampled_from([400, 403, 500]))
def test_echoed_secret_is_not_in_the_error(secret: str, status: int) -> None:
    for body in (json.dumps({"message": f"no: {secret}!"}), f"<p>{secret}</p>", json.dumps({"error_code": secret})):
        error = Response(REQUEST_NAME, status, body).to_error(Redactor([secret]).redact)
        assert isinstance(error, errors.ResponseError)
        # Not the whole message, which may have the secret as a word of its own, such as "code".
        for text in (error.text, error.code):
            assert secret not in text.replace("[secret]", "\0")


def test_success_that_is_no_json_object_is_unexpected() -> None:
    with pytest.raises(
        errors.UnexpectedResponse, match=f"^{REQUEST_NAME} answered 200 which is not a JSON object: Please log in"
    ):
        Response(REQUEST_NAME, 200, "<html>Please log in</html>").json_object(Redactor().redact)
    assert Response(REQUEST_NAME, 200, '{"a": 1}').json_object(Redactor().redact) == {"a": 1}


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("https://user:hunter2@login.example.com:8443/a?session=hunter2", "https://login.example.com"),
        ("//login.example.com/?session=hunter2", "login.example.com"),
        ("/login?session=hunter2", "another path of the same host"),
        ("http://[hunter2", "an invalid address"),
    ],
)
def test_redirect_error_has_neither_password_nor_query(location: str, shown: str) -> None:
    error = create_error(302, "", Location=location)

    assert f"a redirect to {shown}, which" in error.message
    assert "hunter2" not in error.message


def test_secret_in_a_response_header_is_not_in_the_error() -> None:
    headers = {"X-Request-Id": "dapi-planted", "Location": "https://dapi-planted.example/"}
    for status in (302, 500):
        assert (
            "dapi-planted"
            not in Response(REQUEST_NAME, status, "{}", headers).to_error(Redactor(["dapi-planted"]).redact).message
        )


def test_huge_page_of_broken_markup_is_summarized_quickly() -> None:
    started_at = time.monotonic()

    assert "answered 502" in create_error(502, "<style <" * 1_000_000).message
    assert time.monotonic() - started_at < 5


@pytest.mark.parametrize(
    ("response", "end"),
    [
        (Response("GET /x", 400, '{"errorMessage": "no"}'), "GET /x answered 400: no"),
        (Response("GET /x", 400, '{"errorMessage": "no", "errorCode": "17"}'), "GET /x answered 400: no (code 17)"),
        (Response("GET /x", 400, "{}", {"x-request-id": "r-1"}), "(request id r-1)"),
        (Response("GET /x", 400, "[]"), "GET /x answered 400: a JSON list"),
        (Response("GET /x", 400, ""), "GET /x answered 400: an empty body"),
        (Response("GET /x", 400, "{}"), "GET /x answered 400: a JSON object with nothing in it"),
        (Response("GET /x", 400, '{"a": {}, "b": 0}'), "GET /x answered 400: a JSON object with a, b in it"),
        (Response("GET /x", 400, "y" * 400), f"GET /x answered 400: {'y' * 400}"),
        (Response("GET /x", 400, "y" * 401), f"GET /x answered 400: {'y' * 400}…"),
    ],
)
def test_error_message_names_request_status_message_and_code(response: Response, end: str) -> None:
    message = response.to_error(str).message

    assert message.endswith(end)
    assert message.startswith("GET /x answered 400: ")


def test_404_without_a_json_object_is_unexpected_not_missing() -> None:
    error = Response("GET /x", 404, "<html>lost</html>").to_error(str)

    assert type(error) is errors.UnexpectedResponse
    assert error.message.startswith("GET /x answered 404 ")
    assert error.message.endswith(": lost")
    assert not error.from_token_endpoint


def test_response_error_has_empty_fields_by_default() -> None:
    error = errors.ResponseError("what")

    assert (error.hint, error.status, error.code, error.text, error.retry_after) == ("", 0, "", "", None)


def test_unexpected_response_names_the_endpoint_that_sent_it() -> None:
    ims_error = Response("POST /ims/token/v3", 200, "<html>").to_unexpected_response("at all", str)
    platform_error = Response("GET /data/ims/x", 200, "<html>").to_unexpected_response("at all", str)

    assert ims_error.from_token_endpoint
    assert not platform_error.from_token_endpoint


@pytest.mark.parametrize(
    "text",
    [
        '{"access_token": "planted',
        '\ufeff{"access_token": "planted"',
        ')]}\',\n{"access_token": "planted"}',
        'callback({"access_token": "planted"})',
        '{\0"\0a\0"\0:\0 \0"\0planted',
        'while(1);["planted"]',
        'Sorry: {\\"access_token\\": \\"planted',
        '<html><p>{"access_token": "planted"}</p>',
        '<script>var x = {"access_token": "planted"',
        'access_token": "planted"}',
        "{'access_token': 'planted'}",
    ],
)
def test_json_that_cannot_be_read_is_not_quoted(text: str) -> None:
    for request_name, status in (("GET /data/x", 200), ("POST /data/x", 502)):
        error = Response(request_name, status, text).to_unexpected_response("without JSON", str)

        assert "planted" not in error.message
        assert f"{len(text)} characters that are not JSON" in error.message


def test_body_that_is_declared_as_json_is_quoted_only_where_it_is_a_page() -> None:
    headers = {"content-type": "application/problem+json"}

    damaged = Response("GET /x", 502, "planted", headers).to_unexpected_response("", str)
    page = Response("GET /x", 502, "<p>Out of order</p>", headers).to_unexpected_response("", str)

    assert "planted" not in damaged.message
    assert "Out of order" in page.message


@pytest.mark.parametrize(
    "text",
    ["[" + "{}," * 200_000 + "{}]", "[" + "[]," * 200_000 + "[]]", "[" + "1," * 1_100_000 + "1]"],
    ids=["objects", "arrays", "numbers"],
)
def test_json_of_very_many_values_is_refused(text: str) -> None:
    assert Response("GET /x", 200, text).json() is None


def test_code_of_the_error_envelope_is_read_from_its_type() -> None:
    """Adobe: sources/tutorials/api/labels.md."""
    body = {"type": "https://ns.adobe.com/aep/errors/FLOW-2120-403", "title": "Forbidden", "status": 403}

    error = Response("PATCH /flows/a", 403, json.dumps(body)).to_error(str)

    assert isinstance(error, errors.AccessDenied)
    assert error.code == "2120-403"


def test_prefix_of_a_code_does_not_hide_its_meaning() -> None:
    body = {"type": "https://ns.adobe.com/aep/errors/FLOW-2100-404", "status": 404}

    assert isinstance(Response("GET /flows/a", 404, json.dumps(body)).to_error(str), errors.AccessDenied)
