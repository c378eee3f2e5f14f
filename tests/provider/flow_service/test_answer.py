"""Every shape in which Adobe, or what stands before it, says no."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.answer import Response
from pulumi_adobe.flow_service.redaction import Redactor

ASKED = "PATCH /data/foundation/flowservice/connections/1"


def error(status: int, body: Any, **headers: str) -> errors.FlowServiceError:
    text = body if isinstance(body, str) else json.dumps(body)
    return Response(ASKED, status, text, headers).to_error(Redactor().redact)


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": -Infinity}', '{"a": 1e999}', '{"a": [' * 100_000, "{"])
def test_what_no_other_reader_of_json_takes_is_none(text: str) -> None:
    assert Response(ASKED, 200, text).json() is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r'{"a": "\ud83d\ude00 \u00e9", "b": 1.5e3}', {"a": "\N{GRINNING FACE} é", "b": 1500}),
        (r'{"a\uD83D": "\udc00b"}', {"a?": "?b"}),
    ],
    ids=["whole pair", "halves"],
)
def test_half_a_pair_of_escapes_is_no_character(text: str, found: Any) -> None:
    assert Response(ASKED, 200, text).json() == found


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, {"error_code": "401013", "message": "Oauth token is not valid"}, errors.CredentialsRejected, "401013"),
        (401, {"error_code": 401013, "message": "x"}, errors.CredentialsRejected, "(code 401013)"),
        (403, {"error_code": "403010", "message": "Oauth token is missing."}, errors.CredentialsRejected, "missing"),
        (403, {"error_code": "403003", "message": "Api Key is invalid"}, errors.CredentialsRejected, "Api Key"),
        (403, {"error_code": "403027", "message": "User region is missing"}, errors.AccessDenied, "region"),
        (404, {"errorMessage": "connections not found with id = [1]", "errorDetails": "x"}, errors.NotFound, "[1]"),
        (404, {"errorCode": "2100-404", "errorMessage": "Sandbox not found"}, errors.AccessDenied, "Sandbox"),
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
        (500, "[" * 100_000, errors.Unavailable, "100000 characters that are no JSON"),
        (400, ' {"sent": "dapi-half-of-a-sec', errors.InvalidRequest, ": 29 characters that are no JSON"),
        (400, {"error": {"password": "x"}}, errors.InvalidRequest, "a JSON object with error in it"),
        (400, {"status": 400, "report": {"detailed-message": "more"}}, errors.InvalidRequest, ": more"),
        (418, {"message": "teapot"}, errors.InvalidRequest, "teapot"),
        (302, "", errors.UnexpectedResponse, "redirect to nowhere"),
    ],
    ids=lambda given: str(given)[:40],
)
def test_the_kind_says_what_to_do_and_the_text_is_adobes(
    status: int, body: Any, kind: type[errors.FlowServiceError], words: str
) -> None:
    found = error(status, body)

    assert type(found) is kind
    assert words in found.message
    assert found.message.startswith(ASKED)
    assert found.hint


def test_a_redirect_names_the_host_and_not_the_path_with_whatever_is_in_it() -> None:
    found = error(307, "", Location="https://login.example.com/?session=abc")

    assert "https://login.example.com" in found.message
    assert "session" not in found.message


def test_the_request_id_is_told() -> None:
    assert "(request id abc)" in error(500, {}, **{"X-Request-Id": "abc"}).message


def test_a_long_text_is_cut_and_a_body_without_text_is_not_shown() -> None:
    assert len(error(400, {"message": "x" * 5000}).message) < 700
    assert "hunter2" not in error(400, {"auth": {"params": {"password": "hunter2"}}}).message


@given(st.text(st.characters(codec="utf-8"), min_size=4, max_size=30), st.sampled_from([400, 403, 500]))
def test_a_secret_that_is_echoed_is_not_in_the_error(secret: str, status: int) -> None:
    for body in (json.dumps({"message": f"no: {secret}!"}), f"<p>{secret}</p>", json.dumps({"error_code": secret})):
        found = Response(ASKED, status, body).to_error(Redactor([secret]).redact)
        assert isinstance(found, errors.ResponseError)
        # Not the whole line: a secret that is spelt like one of our own words, such as "code", stands there anyway.
        for said in (found.text, found.code):
            assert secret not in said.replace("[secret]", "\0")


def test_a_success_that_is_no_object_is_unexpected() -> None:
    with pytest.raises(errors.UnexpectedResponse, match=f"^{ASKED} answered 200 which is no JSON object: Please log in"):
        Response(ASKED, 200, "<html>Please log in</html>").json_object(Redactor().redact)
    assert Response(ASKED, 200, '{"a": 1}').json_object(Redactor().redact) == {"a": 1}


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("https://user:hunter2@login.example.com:8443/a?session=hunter2", "https://login.example.com"),
        ("//login.example.com/?session=hunter2", "login.example.com"),
        ("/login?session=hunter2", "another path of the same host"),
        ("http://[hunter2", "an address that makes no sense"),
    ],
)
def test_a_redirect_is_told_without_password_and_query(location: str, shown: str) -> None:
    found = error(302, "", Location=location)

    assert f"a redirect to {shown}, which" in found.message
    assert "hunter2" not in found.message


def test_a_secret_in_a_header_of_the_answer_is_not_shown() -> None:
    headers = {"X-Request-Id": "dapi-planted", "Location": "https://dapi-planted.example/"}
    for status in (302, 500):
        assert "dapi-planted" not in Response(ASKED, status, "{}", headers).to_error(Redactor(["dapi-planted"]).redact).message


def test_a_huge_page_of_broken_markup_is_told_quickly() -> None:
    begun = time.monotonic()

    assert "answered 502" in error(502, "<style <" * 1_000_000).message
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("answer", "what"),
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
def test_an_error_says_what_was_asked_and_what_was_answered(answer: Response, what: str) -> None:
    said = answer.to_error(str).message

    assert said.endswith(what)
    assert said.startswith("GET /x answered 400: ")


def test_a_404_that_is_not_flow_services_own_is_no_loss() -> None:
    error = Response("GET /x", 404, "<html>lost</html>").to_error(str)

    assert str(error) == (
        "GET /x answered 404 without the JSON object of Flow Service's own errors: lost\nCheck adobe:endpoint: is it "
        "Experience Platform's address, without a login page or a proxy in the way?"
    )


def test_an_error_of_an_answer_begins_with_nothing_but_what_it_is_given() -> None:
    error = errors.ResponseError("what")

    assert (error.hint, error.status, error.code, error.text, error.retry_after) == ("", 0, "", "", None)


def test_what_makes_no_sense_is_a_matter_of_the_address_that_was_asked() -> None:
    of_ims = Response("POST /ims/token/v3", 200, "<html>").to_unexpected_response("at all", str)
    of_platform = Response("GET /data/ims/x", 200, "<html>").to_unexpected_response("at all", str)

    assert of_ims.hint == (
        "Check adobe:imsEndpoint: is it the address of Adobe's IMS, without a login page or a proxy in the way?"
    )
    assert of_platform.hint.startswith("Check adobe:endpoint: is it Experience Platform's address, without a login")
