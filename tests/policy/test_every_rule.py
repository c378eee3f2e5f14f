"""What holds for every rule: unknown values pass, nothing crashes, no secret is shown, its page says what it takes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pulumi_policy import ResourceValidationPolicy

from adobe_flow_policy.pack import build_policy, redact_message
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import ResourceRule, StackRule
from adobe_flow_policy.rules import RULES
from adobe_flow_policy.values import HIDDEN
from pulumi_adobe.flow_service.redaction import PLACEHOLDER
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.programs import PAGES, read_page
from tests.policy.recorded_requests import (
    RECORDED,
    RECORDED_NATIVE,
    build_remediation_args,
    build_resource_args,
    build_stack_args,
    collect_messages,
    replace_unknown_values,
)
from tests.policy.resources import CONNECTION, DATAFLOW, UNHURRIED, connection, dataflow, provider

both_adapters = pytest.mark.parametrize("recorded", [RECORDED, RECORDED_NATIVE], ids=["dynamic", "native"])
every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
CONFIG: dict[str, dict[str, Any]] = {"production-sandbox": {"stacks": ["dev"], "sandboxes": ["dev"]}}
"""The configuration of the rules that judge a value which the recorded program declares as known.

The head of `tests/stack/programs/not_known_yet/__main__.py` lists these values: the stack `dev` is one.
"""
BY_TEXT = {
    "cluster-id",
    "duplicate-name",
    "duplicate-workspace",
    "name-blanks",
    "name-pattern",
    "owner",
    "production-sandbox",
    "sandbox-case",
    "token-lifetime",
    "workspace-domain",
}
"""The rules that check a text which may be unknown; the others check an option, a number, a date."""

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(UNKNOWN) | st.just(HIDDEN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
PROPERTIES = st.dictionaries(st.sampled_from(sorted({*CONNECTION, *DATAFLOW, "sandbox", "backfill"})), VALUES)
SECRETS = st.text(min_size=4)


def messages(rule: ResourceRule | StackRule, resources: list[DeclaredResource], *secrets: str) -> list[str]:
    """Return the messages of a rule about the resources, redacted by these secrets."""
    config = rule.merge_config(CONFIG.get(rule.name, {}))
    if isinstance(rule, StackRule):
        texts = [text for _, text in rule.validate(resources, config)]
    else:
        texts = [text for resource in resources for text in rule.validate(resource, config)]
    return [redact_message(text, secrets) for text in texts]


def collect_violations(rule: ResourceRule | StackRule, requests: dict[str, Any]) -> list[str]:
    """Return the messages of a rule about the requests, through `pulumi_policy`."""
    config = CONFIG.get(rule.name)
    policy: Any = build_policy(rule)
    if isinstance(rule, StackRule):
        return collect_messages(policy.validate, build_stack_args(requests["AnalyzeStack"], config))
    return [
        text
        for request in requests["Analyze"]
        for text in collect_messages(policy.validate, build_resource_args(request, config))
    ]


@both_adapters
@every_rule
def test_what_is_not_known_yet_passes(rule: ResourceRule | StackRule, recorded: dict[str, Any]) -> None:
    assert collect_violations(rule, recorded) == [], (
        "If the rule judges a known value of tests/stack/programs/not_known_yet, whose head lists them, give it a "
        "configuration in CONFIG that takes the value. Else the rule refuses a value that only the update will know."
    )


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.name in BY_TEXT], ids=lambda rule: rule.name)
def test_the_same_resources_are_judged_once_it_is_known_alike_in_both_adapters(rule: ResourceRule | StackRule) -> None:
    """A pack that passed native resources silently would be worse than none."""
    dynamic, native = (
        collect_violations(rule, replace_unknown_values("! Not  a good value", requests))
        for requests in (RECORDED, RECORDED_NATIVE)
    )

    assert dynamic != []
    assert native == dynamic


@both_adapters
@pytest.mark.parametrize("rule", [rule for rule in RULES if isinstance(rule, ResourceRule)], ids=lambda rule: rule.name)
def test_what_is_not_known_yet_is_not_remediated(rule: ResourceRule, recorded: dict[str, Any]) -> None:
    policy = build_policy(rule)
    assert isinstance(policy, ResourceValidationPolicy)

    assert [policy.remediate(build_remediation_args(request)) for request in recorded["Remediate"]] == [None] * 8


@every_rule
@UNHURRIED
@given(first=PROPERTIES, second=PROPERTIES)
def test_property_of_any_type_crashes_no_rule(
    rule: ResourceRule | StackRule, first: dict[str, Any], second: dict[str, Any]
) -> None:
    resources = [connection("a", **first), connection("b", **first), dataflow(**second)]

    assert all(isinstance(text, str) for text in messages(rule, [*resources, provider(**second)]))


@every_rule
@UNHURRIED
@given(
    secret=SECRETS, name=st.sampled_from(sorted(CONNECTION)), around=st.tuples(st.text(max_size=3), st.text(max_size=3))
)
def test_violation_shows_no_secret_even_if_it_was_pasted_into_a_plain_property(
    rule: ResourceRule | StackRule, secret: str, name: str, around: tuple[str, str]
) -> None:
    pasted: dict[str, Any] = {name: around[0] + secret + around[1]}
    resources = [connection("a", **pasted), connection("b", **pasted), dataflow(**pasted)]
    innocent = [connection("a"), connection("b"), dataflow()]

    innocent_messages = messages(rule, innocent)
    for text in messages(rule, resources, secret):
        for piece in text.split(PLACEHOLDER):
            is_shown = secret in piece or json.dumps(secret, ensure_ascii=False)[1:-1] in piece
            # A text such as "name" may be a secret, and is then part of the message anyway.
            assert not is_shown or any(secret in message for message in innocent_messages), text


@every_rule
def test_configuration_schema_of_each_rule_is_valid_and_accepts_its_defaults(rule: ResourceRule | StackRule) -> None:
    for schema in rule.schema.values():
        Draft7Validator.check_schema(schema)
        Draft7Validator(schema).validate(schema["default"])
        assert schema["description"].endswith(".")


@every_rule
def test_page_of_each_rule_has_its_description_level_and_configuration(rule: ResourceRule | StackRule) -> None:
    rows = [
        f"| `{key}` | `{json.dumps(schema['default'])}` | {schema['description']} |"
        for key, schema in rule.schema.items()
    ]

    text = read_page(rule.name)

    assert text.startswith(f"# {rule.name}\n\n{rule.description} Level: `{rule.level.value}`.\n")
    assert re.findall(r"^\| `.*$", text, re.MULTILINE) == rows


def test_documented_list_of_rules_equals_the_pack() -> None:
    rows = [f"| [{rule.name}]({rule.name}.md) | {rule.description} | {rule.level.value} |" for rule in RULES]

    assert re.findall(r"^\| \[.*$", (PAGES / "README.md").read_text("utf-8"), re.MULTILINE) == rows
    assert {file.stem for file in PAGES.glob("*.md")} == {"README", *(rule.name for rule in RULES)}
