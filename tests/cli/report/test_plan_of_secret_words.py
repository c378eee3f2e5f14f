"""No secret changes what a report says of a plan, whatever word it is: only the texts that it shows."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adobe_flow.problem import Problem
from adobe_flow.report.digest import read_preview_document
from adobe_flow.report.gates import parse_gates
from adobe_flow.report.markdown import build_markdown
from adobe_flow.report.page import build_report_page
from adobe_flow.report.plan_parser import parse_plan
from adobe_flow.report.redaction import build_redactor, redact_digest, redact_report
from adobe_flow.report.result import build_result
from tests.cli.report.digests import MADE, TOKEN_CHANGES, digest, flow, lake, source, step
from tests.property_examples import scale_examples

FORMAT_WORDS = (
    *("custom", "steps", "oldState", "newState", "inputs", "outputs", "type", "changeSummary", "config"),
    *("delete", "update", "create", "replace", "same", "error", "severity", "message", "passes", "stopped", "failed"),
    *("urn:pulumi:dev::acme::", "pulumi-python:dynamic/adobe:Dataflow", "lake", "orders-id", "Dataflow", "true"),
    *("changed", "unchanged", "changes (a secret", "accessToken", "base connection", "operation", "verdict", "name"),
)
GATES = "create>0,update>0,replace>0,delete>0,change>20%,secret>0,dataflow>0,replace-in-use,delete-in-use"


def report(document: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    redactor = build_redactor(environment)
    plan = parse_plan(redact_digest(read_preview_document(json.dumps(document), "plan"), redactor))
    redacted: dict[str, Any] = redact_report(build_result(plan, gates=parse_gates(GATES), made=MADE), redactor)
    return redacted


def judgement(report: dict[str, Any]) -> dict[str, Any]:
    """All of a report that somebody decides by."""
    return {
        "verdict": report["verdict"],
        "summary": report["summary"],
        "operations": [each["operation"] for each in report["changes"]],
        "secrets": [[field["secret"] for field in each["fields"]] for each in report["changes"]],
        "gates": [(each["stops"], len(each["found"])) for each in report["gates"]],
        "edges": report["drawing"]["edges"],
    }


def plan_of(operations: list[str]) -> dict[str, Any]:
    """A chain and a second connection, to which these operations happen."""
    bodies = (
        ("DatabricksSourceConnection", "lake", lake()),
        ("SourceConnection", "orders", source()),
        ("Dataflow", "daily", flow()),
        ("DatabricksSourceConnection", "other", lake(name="other")),
    )
    steps = [
        step(
            op,
            kind,
            name,
            None if op == "create" else body,
            None if op == "delete" else {**body, "description": "new"} if op == "update" else body,
        )
        for op, (kind, name, body) in zip(operations, bodies, strict=True)
    ]
    summary = {op: operations.count(op) for op in set(operations) if op != "same"}
    return digest(*steps, messages=(TOKEN_CHANGES,), changeSummary=summary)


operations = st.lists(st.sampled_from(["same", "create", "update", "replace", "delete"]), min_size=4, max_size=4)
words = st.sampled_from(FORMAT_WORDS) | st.text(min_size=4, max_size=20)


@settings(max_examples=scale_examples(200), deadline=None)
@given(operations, st.lists(words, min_size=1, max_size=4))
def test_secret_value_equal_to_a_word_of_the_plan_format_changes_no_gate_decision(
    operations: list[str], secrets: list[str]
) -> None:
    document = plan_of(operations)
    with_secrets = copy.deepcopy(document)
    with_secrets["config"].update({f"demo:{number}token": secret for number, secret in enumerate(secrets)})
    environment = {"ADOBE_CLIENT_SECRET": secrets[0]}

    result = report(with_secrets, environment)

    assert judgement(result) == judgement(report(document, {}))
    assert build_markdown(result)
    assert build_report_page(result)


@pytest.mark.parametrize("word", FORMAT_WORDS)
def test_deletion_is_recognized_although_its_word_is_a_secret_value(word: str) -> None:
    document = plan_of(["delete", "same", "same", "delete"])
    document["config"]["demo:token"] = word

    result = report(document, {})

    assert result["verdict"] == "stopped"
    assert result["summary"]["delete"] == 2


@settings(max_examples=scale_examples(100), deadline=None)
@given(operations, st.text("0123456789abcdef", min_size=8, max_size=8))
def test_shown_text_contains_no_secret(operations: list[str], digits: str) -> None:
    secret = f"dapi{digits}"
    document = plan_of(operations)
    document["config"]["demo:token"] = secret
    document["steps"][1]["urn"] += secret
    for each in document["steps"][1:]:
        for state in ("oldState", "newState"):
            if state in each:
                each[state]["inputs"] = {**each[state]["inputs"], "name": f"a {secret}", secret: state}
    document["diagnostics"].append({"message": f"says {secret}", "severity": "info"})

    result = report(document, {})

    assert secret not in json.dumps(result) + build_markdown(result) + build_report_page(result)


@pytest.mark.parametrize("operation", ["create", "update", "delete", "replace"])
def test_plan_that_lacks_a_counted_operation_is_refused(operation: str) -> None:
    document = plan_of([operation, "same", "same", "same"])
    document["steps"].pop(1)

    with pytest.raises(Problem, match=f"1 to {operation}"):
        report(document, {})


@pytest.mark.parametrize("operation", ["create", "update", "delete", "replace"])
def test_plan_step_without_the_mark_whether_it_is_counted_is_refused(operation: str) -> None:
    document = plan_of([operation, "same", "same", "same"])
    for state in ("oldState", "newState"):
        document["steps"][1].get(state, {}).pop("custom", None)

    with pytest.raises(Problem):
        report(document, {})


def test_control_characters_of_a_plan_are_shown_as_escapes() -> None:
    document = digest(step("create", "Dataflow", "a", None, flow(name="\x1b]52;c;\x07 \u202etxt")))

    result = report(document, {})

    assert result["changes"][0]["title"] == "\\x1b]52;c;\\x07 \\u202etxt"
    assert "\x1b" not in build_markdown(result) + build_report_page(result)
