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

from adobe_flow_policy.pack import policy, redacted
from adobe_flow_policy.rule import ResourceRule, StackRule
from adobe_flow_policy.rules import RULES
from adobe_flow_policy.seen import Seen
from adobe_flow_policy.values import HIDDEN
from pulumi_adobe.flow_service.redaction import PLACEHOLDER
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.arrived import (
    RECORDED,
    remediation_args,
    reported,
    resource_args,
    stack_args,
    with_all_known,
)
from tests.policy.programs import PAGES, page
from tests.policy.resources import CONNECTION, DATAFLOW, UNHURRIED, connection, dataflow, provider

every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
CONFIG: dict[str, dict[str, Any]] = {"production-sandbox": {"stacks": ["dev"], "sandboxes": ["dev"]}}
"""The recorded stack is `dev`."""
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
"""The rules that judge a text which may be unknown; the others judge an option, a number, a date."""

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(UNKNOWN) | st.just(HIDDEN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
PROPERTIES = st.dictionaries(st.sampled_from(sorted({*CONNECTION, *DATAFLOW, "sandbox", "backfill"})), VALUES)
SECRETS = st.text(min_size=4)


def messages(rule: ResourceRule | StackRule, resources: list[Seen], *secrets: str) -> list[str]:
    """What a rule says of these, as it is shown where these are their secrets."""
    config = rule.configured(CONFIG.get(rule.name, {}))
    if isinstance(rule, StackRule):
        found = [text for _, text in rule.judge(resources, config)]
    else:
        found = [text for each in resources for text in rule.judge(each, config)]
    return [redacted(text, secrets) for text in found]


def said(rule: ResourceRule | StackRule, requests: dict[str, Any]) -> list[str]:
    """What a rule says of the requests, through `pulumi_policy`."""
    config = CONFIG.get(rule.name)
    made: Any = policy(rule)
    if isinstance(rule, StackRule):
        return reported(made.validate, stack_args(requests["AnalyzeStack"], config))
    return [text for each in requests["Analyze"] for text in reported(made.validate, resource_args(each, config))]


@every_rule
def test_what_is_not_known_yet_passes(rule: ResourceRule | StackRule) -> None:
    assert said(rule, RECORDED) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.name in BY_TEXT], ids=lambda rule: rule.name)
def test_the_same_resources_are_judged_once_it_is_known(rule: ResourceRule | StackRule) -> None:
    assert said(rule, with_all_known("! Not  a good value")) != []


@pytest.mark.parametrize("rule", [rule for rule in RULES if isinstance(rule, ResourceRule)], ids=lambda rule: rule.name)
def test_what_is_not_known_yet_is_not_mended(rule: ResourceRule) -> None:
    made = policy(rule)
    assert isinstance(made, ResourceValidationPolicy)

    assert [made.remediate(remediation_args(each)) for each in RECORDED["Remediate"]] == [None] * 8


@every_rule
@UNHURRIED
@given(first=PROPERTIES, second=PROPERTIES)
def test_no_value_of_any_property_makes_it_crash(
    rule: ResourceRule | StackRule, first: dict[str, Any], second: dict[str, Any]
) -> None:
    resources = [connection("a", **first), connection("b", **first), dataflow(**second)]

    assert all(isinstance(text, str) for text in messages(rule, [*resources, provider(**second)]))


@every_rule
@UNHURRIED
@given(
    secret=SECRETS, name=st.sampled_from(sorted(CONNECTION)), around=st.tuples(st.text(max_size=3), st.text(max_size=3))
)
def test_no_secret_is_shown_not_even_one_that_was_pasted_where_it_can_be_seen(
    rule: ResourceRule | StackRule, secret: str, name: str, around: tuple[str, str]
) -> None:
    pasted: dict[str, Any] = {name: around[0] + secret + around[1]}
    resources = [connection("a", **pasted), connection("b", **pasted), dataflow(**pasted)]
    innocent = [connection("a"), connection("b"), dataflow()]

    said_anyway = messages(rule, innocent)
    for text in messages(rule, resources, secret):
        for piece in text.split(PLACEHOLDER):
            shown = secret in piece or json.dumps(secret, ensure_ascii=False)[1:-1] in piece
            # A text such as "name" may be a secret, and is then part of what the rule says anyway.
            assert not shown or any(secret in each for each in said_anyway), text


@every_rule
def test_its_schema_is_one_and_takes_its_defaults(rule: ResourceRule | StackRule) -> None:
    for each in rule.schema.values():
        Draft7Validator.check_schema(each)
        Draft7Validator(each).validate(each["default"])
        assert each["description"].endswith(".")


@every_rule
def test_its_page_has_its_description_its_level_and_its_configuration(rule: ResourceRule | StackRule) -> None:
    rows = [
        f"| `{key}` | `{json.dumps(each['default'])}` | {each['description']} |" for key, each in rule.schema.items()
    ]

    text = page(rule.name)

    assert text.startswith(f"# {rule.name}\n\n{rule.description} Level: `{rule.level.value}`.\n")
    assert re.findall(r"^\| `.*$", text, re.MULTILINE) == rows


def test_the_list_of_rules_is_that_of_the_pack() -> None:
    rows = [f"| [{rule.name}]({rule.name}.md) | {rule.description} | {rule.level.value} |" for rule in RULES]

    assert re.findall(r"^\| \[.*$", (PAGES / "README.md").read_text("utf-8"), re.MULTILINE) == rows
    assert {file.stem for file in PAGES.glob("*.md")} == {"README", *(rule.name for rule in RULES)}
