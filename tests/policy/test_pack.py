"""How the pack runs rules: none of them crashes it, and none shows a secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from pulumi_policy import EnforcementLevel, ResourceValidationPolicy, StackValidationPolicy
from pulumi_policy.deserialize import serialize_properties

from adobe_flow_policy.pack import policy
from adobe_flow_policy.rule import Config, ConfigError, ResourceRule, StackRule
from adobe_flow_policy.rules import RULES
from adobe_flow_policy.seen import Seen
from tests.policy.arrived import remediation_args, reported, resource_args, stack_args, with_all_known, with_secrets

SECRET = "dapi-pack-0123"
REQUESTS = with_secrets(with_all_known("  Orders  "), SECRET)
LAKE = next(each for each in REQUESTS["Analyze"] if each["name"] == "lake")
LAKE_TO_MEND = next(each for each in REQUESTS["Remediate"] if each["name"] == "lake")


def rule(judge: Any, **more: Any) -> ResourceRule:
    return ResourceRule(name="a-rule", description="A rule.", on=("connections",), judge=judge, **more)


def said(given: ResourceRule, request: dict[str, Any] = LAKE, **config: Any) -> list[str]:
    made = policy(given)
    assert isinstance(made, ResourceValidationPolicy)
    return reported(made.validate, resource_args(request, config))


def test_a_rule_that_fails_is_a_violation_that_names_its_file_and_not_what_it_held() -> None:
    def judge(_seen: Seen, _config: Config) -> Iterator[str]:
        yield "first: is wrong. Mend it."
        raise RuntimeError(SECRET)

    first, failed = said(rule(judge))

    assert first == "first: is wrong. Mend it."
    assert failed.startswith(f"The rule itself failed (RuntimeError). Mend {__name__}")
    assert SECRET not in failed


def test_a_configuration_that_cannot_be_used_is_a_violation_that_says_why() -> None:
    def judge(_seen: Seen, _config: Config) -> list[str]:
        raise ConfigError("'(' is no regular expression")

    assert said(rule(judge)) == ["The configuration of a-rule cannot be used: '(' is no regular expression."]


def test_a_secret_that_a_rule_says_is_taken_out() -> None:
    assert said(rule(lambda _seen, _config: [f"clusterId: is {SECRET}."])) == ["clusterId: is [secret]."]


def test_a_rule_sees_its_collections_alone() -> None:
    flow = next(each for each in REQUESTS["Analyze"] if each["type"].endswith(":Dataflow"))

    assert said(rule(lambda _seen, _config: ["x"]), flow) == []
    assert said(rule(lambda _seen, _config: ["x"])) == ["x"]


def test_what_a_team_configures_lies_on_top_of_the_defaults() -> None:
    schema = {"a": {"type": "number", "default": 1}, "b": {"type": "number", "default": 2}}
    given = rule(lambda _seen, config: [str(dict(config))], schema=schema)

    assert said(given, b=3) == ["{'a': 1, 'b': 3}"]


def test_a_rule_about_a_stack_that_fails_is_a_violation_of_the_stack() -> None:
    def judge(resources: Sequence[Seen], _config: Config) -> Iterator[tuple[Seen, str]]:
        yield resources[0], f"name: {SECRET}"
        raise KeyError(SECRET)

    made = policy(StackRule(name="s", description="S.", on=("connections",), judge=judge))
    assert isinstance(made, StackValidationPolicy)

    first, failed = reported(made.validate, stack_args(REQUESTS["AnalyzeStack"]))

    assert first == "name: [secret]"
    assert failed.startswith("The rule itself failed (KeyError)")


def test_a_mended_property_takes_the_place_of_the_declared_one_and_secrets_stay_secret() -> None:
    mend = policy(rule(lambda _seen, _config: [], mend=lambda _seen, _config: {"name": "Orders"}))
    assert isinstance(mend, ResourceValidationPolicy)

    mended = serialize_properties(mend.remediate(remediation_args(LAKE_TO_MEND)))  # type: ignore[arg-type]  # no coroutine

    assert mended == {**LAKE_TO_MEND["properties"], "name": "Orders"}


def test_a_rule_mends_its_collections_alone() -> None:
    made = policy(replace(rule(lambda _seen, _config: [], mend=lambda _seen, _config: {"name": "x"}), on=("flows",)))
    assert isinstance(made, ResourceValidationPolicy)

    assert made.remediate(remediation_args(LAKE_TO_MEND)) is None


@pytest.mark.parametrize("outcome", [{}, RuntimeError(SECRET)])
def test_where_there_is_nothing_to_mend_or_the_mending_fails_nothing_is_changed(outcome: Any) -> None:
    def mend(_seen: Seen, _config: Config) -> Mapping[str, Any]:
        if isinstance(outcome, Exception):
            raise outcome
        return dict(outcome)

    made = policy(rule(lambda _seen, _config: [], mend=mend))
    assert isinstance(made, ResourceValidationPolicy)

    assert made.remediate(remediation_args(LAKE_TO_MEND)) is None


def test_every_rule_has_a_name_of_its_own_and_can_mend_where_that_is_its_level() -> None:
    assert len({each.name for each in RULES}) == len(RULES)
    for each in RULES:
        mends = isinstance(each, ResourceRule) and each.mend is not None
        assert mends is (each.level is EnforcementLevel.REMEDIATE), each.name
