"""No secret that stands anywhere in a plan is in any form of its report."""

from __future__ import annotations

import copy
import html
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from adobe_flow.report.console import render_report
from adobe_flow.report.digest import read_preview_document
from adobe_flow.report.gates import parse_gates
from adobe_flow.report.markdown import build_markdown
from adobe_flow.report.page import build_report_page
from adobe_flow.report.plan_parser import parse_plan
from adobe_flow.report.policy_violations import read_violations
from adobe_flow.report.redaction import build_redactor, redact_digest, redact_report
from adobe_flow.report.result import build_result
from tests.cli.report.digests import MADE, TOKEN_CHANGES, chain, digest, lake, step
from tests.property_examples import scale_examples

SIGNATURE = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
PLACES = ("name", "description", "domain", "database", "tableName", "clusterId")
"""Fields that are shown, into which a person may have pasted a secret."""


def render_forms(document: dict[str, Any], events: str = "", environment: dict[str, str] | None = None) -> list[str]:
    """Everything that a report says, with what hides a text in HTML and JSON taken away."""
    redactor = build_redactor(environment or {})
    plan = parse_plan(redact_digest(read_preview_document(json.dumps(document), "plan"), redactor))
    violations = read_violations(events, "events") if events else None
    gates = parse_gates("create>0,change>0,secret>0")
    report: dict[str, Any] = redact_report(build_result(plan, gates=gates, violations=violations, made=MADE), redactor)
    console = io.StringIO()
    render_report(Console(file=console, width=10_000), report)
    return [
        build_markdown(report),
        html.unescape(build_report_page(report)),
        console.getvalue(),
        "\n".join(list_texts(report)),
    ]


def list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from list_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from list_texts(each)
    else:
        yield str(value)


def assert_nowhere(secret: str, rendered: list[str]) -> None:
    """Its beginning neither: no escaping, however often, changes letters and digits."""
    for text in rendered:
        assert secret[:12] not in text


secrets = st.builds(
    lambda start, rest: f"dapi{start}{rest}",
    st.text("0123456789abcdef", min_size=8, max_size=8),
    st.text(st.sampled_from("ab<>&\"'\\`|*_[](){}$ \n\té€😀/=+-.:"), max_size=12),
)


@st.composite
def draw_plan_with_secret(draw: st.DrawFn) -> tuple[str, dict[str, Any], str]:
    """A secret, a plan that has it in clear at some place of a secret and at others besides, and an event log."""
    secret = draw(secrets)
    clear = draw(
        st.sampled_from(
            [
                secret,
                {**SIGNATURE, "plaintext": json.dumps(secret)},
                {**SIGNATURE, "value": secret},
                [secret],
                {"nested": {"deep": secret}},
            ]
        )
    )
    inside = st.sampled_from(["{}", "x {} y", '{{"token": {}}}', "https://a?sig={}&b"])
    old, new = lake(accessToken=clear), lake(accessToken=clear, params={"unheardOf": clear})
    for place in draw(st.sets(st.sampled_from(PLACES))):
        written = draw(inside).replace("{}", secret)
        draw(st.sampled_from([old, new]))[place] = draw(st.sampled_from([written, [written], {written: written}]))
    op = draw(st.sampled_from(["create", "update", "replace", "delete", "same", "unheard-of"]))
    name = f"lake-{secret}" if draw(st.booleans()) else "lake"
    changed_step = step(op, draw(st.sampled_from(["DatabricksSourceConnection", "BaseConnection"])), name, old, new)
    changed_step["replaceReasons"] = [secret] if draw(st.booleans()) else []
    event = {"policyEvent": {"policyName": "p", "message": f"look: {secret}", "resourceUrn": changed_step["urn"]}}
    whole = digest(changed_step, *chain()["steps"][1:], messages=(TOKEN_CHANGES, f"program says {secret}"))
    whole["config"]["acme:apiToken"] = draw(st.sampled_from([secret, "[secret]"]))
    return secret, whole, json.dumps(event)


@settings(max_examples=scale_examples(150), deadline=None)
@given(draw_plan_with_secret())
def test_report_of_a_plan_has_no_secret_in_any_format(given_: tuple[str, dict[str, Any], str]) -> None:
    secret, document, events = given_

    assert_nowhere(secret, render_forms(document, events))


@settings(max_examples=scale_examples(60), deadline=None)
@given(secrets, st.data())
def test_plan_members_that_no_report_uses_are_in_no_report(secret: str, data: st.DataObject) -> None:
    document = chain("update", "replace", description="new")
    places = list(list_objects(document))
    data.draw(st.sampled_from(places))["a key of tomorrow"] = secret

    assert_nowhere(secret, render_forms(document))


def list_objects(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every object of a plan but the inputs, whose plain fields are what a report shows."""
    yield document
    for each in document["steps"]:
        yield each
        for state in ("oldState", "newState"):
            if state in each:
                yield each[state]
                yield each[state].setdefault("outputs", {})
                yield each[state].setdefault("propertyDependencies", {})
    yield document["config"]


def test_environment_secret_that_a_program_prints_is_in_no_report() -> None:
    secret = "hunter2-and-more"
    document = digest(messages=(f"connecting with {secret}",))

    assert_nowhere(secret, render_forms(document, environment={"ADOBE_CLIENT_SECRET": secret, "HOME": "connecting"}))
    assert "connecting with [secret]" in render_forms(document, environment={"ADOBE_CLIENT_SECRET": secret})[0]


@pytest.mark.parametrize("name", ["accessToken", "password", "connectionString", "sasUri", "client_secret", "apiKey"])
def test_property_name_of_another_provider_marks_a_secret(name: str) -> None:
    inputs = {name: "in clear 0001", "size": "large"}
    rendered = render_forms(digest(step("create", "random:index:Thing", "thing", None, inputs)))

    assert_nowhere("in clear 0001", rendered)
    assert '"large"' in rendered[0]


def test_parameter_known_as_not_secret_is_shown_and_an_unknown_one_is_redacted() -> None:
    s3 = {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}
    params = {"s3AccessKey": "AKIAEXAMPLE", "s3SecretKey": "in clear 0001", "unheardOf": "in clear 0002"}
    inputs = {"name": "a", "connectionSpec": s3, "authSpec": "Access Key", "params": params}
    rendered = render_forms(digest(step("create", "S3SourceConnection", "exports", None, inputs)))

    assert '"AKIAEXAMPLE"' in rendered[0]
    assert_nowhere("in clear 0001", rendered)
    assert_nowhere("in clear 0002", rendered)


def test_columns_with_names_like_secrets_are_shown() -> None:
    old, new = {"mapping": {"reset_token": "_acme.a"}}, {"mapping": {"reset_token": "_acme.b"}}

    assert 'mapping.reset_token: "_acme.b"' in render_forms(digest(step("update", "Dataflow", "daily", old, new)))[0]


def test_secret_inside_a_json_text_is_redacted_before_it_is_encoded_again() -> None:
    secret = 'dapi12345678"quoted\\'
    old = lake(accessToken=secret)
    new = lake(accessToken=secret, description=json.dumps({"token": secret}), database=json.dumps([json.dumps(secret)]))

    assert_nowhere(secret, render_forms(digest(step("update", "DatabricksSourceConnection", "lake", old, new))))


def test_secret_from_a_file_is_redacted_without_its_line_end_and_line_by_line() -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n"
    document = digest(
        step("update", "DatabricksSourceConnection", "lake", lake(), lake(accessToken="dapi-of-a-file\n")),
        step("update", "DatabricksSourceConnection", "other", lake(), lake(accessToken=key)),
        messages=("with dapi-of-a-file!", *key.splitlines()),
    )

    for secret in ("dapi-of-a-file", *key.splitlines()):
        assert_nowhere(secret, render_forms(document))


def test_redaction_does_not_change_the_plan_itself() -> None:
    document = chain("update", accessToken="in clear 0001")
    before = copy.deepcopy(document)

    redact_digest(document, build_redactor({}))

    assert document == before
