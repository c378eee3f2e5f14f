"""How the pack runs rules: none of them crashes it, and none shows a secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from pulumi_policy import EnforcementLevel, ResourceValidationPolicy, StackValidationPolicy
from pulumi_policy.deserialize import serialize_properties

from adobe_flow_policy.pack import build_policy
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ConfigError, ResourceRule, StackRule
from adobe_flow_policy.rules import RULES
from tests.policy.recorded_requests import (
    build_remediation_args,
    build_resource_args,
    build_stack_args,
    collect_messages,
    replace_secrets,
    replace_unknown_values,
)

SECRET = "dapi-pack-0123"
REQUESTS = replace_secrets(replace_unknown_values("  Orders  "), SECRET)
LAKE = next(request for request in REQUESTS["Analyze"] if request["name"] == "lake")
LAKE_TO_REMEDIATE = next(request for request in REQUESTS["Remediate"] if request["name"] == "lake")


def rule(validate: Any, **more: Any) -> ResourceRule:
    return ResourceRule(name="a-rule", description="A rule.", collections=("connections",), validate=validate, **more)


def collect_violations(checked_rule: ResourceRule, request: dict[str, Any] = LAKE, **config: Any) -> list[str]:
    policy = build_policy(checked_rule)
    assert isinstance(policy, ResourceValidationPolicy)
    return collect_messages(policy.validate, build_resource_args(request, config))


def test_crash_of_a_rule_is_a_violation_that_names_its_file_and_no_value() -> None:
    def validate(_resource: DeclaredResource, _config: Config) -> Iterator[str]:
        yield "first: the value is wrong. Correct it."
        raise RuntimeError(SECRET)

    first, failed = collect_violations(rule(validate))

    assert first == "first: the value is wrong. Correct it."
    assert failed.startswith(f"The rule itself failed (RuntimeError). Correct {__name__}")
    assert SECRET not in failed


def test_invalid_configuration_is_a_violation_with_the_reason() -> None:
    def validate(_resource: DeclaredResource, _config: Config) -> list[str]:
        raise ConfigError("'(' is not a regular expression")

    assert collect_violations(rule(validate)) == [
        "The configuration of a-rule cannot be used: '(' is not a regular expression."
    ]


def test_secret_in_the_message_of_a_rule_is_redacted() -> None:
    assert collect_violations(rule(lambda _resource, _config: [f"clusterId: is {SECRET}."])) == [
        "clusterId: is [secret]."
    ]


def test_rule_gets_only_resources_of_its_collections() -> None:
    flow = next(request for request in REQUESTS["Analyze"] if request["type"].endswith(":Dataflow"))

    assert collect_violations(rule(lambda _resource, _config: ["x"]), flow) == []
    assert collect_violations(rule(lambda _resource, _config: ["x"])) == ["x"]


def test_configuration_of_a_team_overrides_the_defaults() -> None:
    schema = {"a": {"type": "number", "default": 1}, "b": {"type": "number", "default": 2}}
    configurable_rule = rule(lambda _resource, config: [str(dict(config))], schema=schema)

    assert collect_violations(configurable_rule, b=3) == ["{'a': 1, 'b': 3}"]


def test_crash_of_a_stack_rule_is_a_violation_of_the_stack() -> None:
    def validate(resources: Sequence[DeclaredResource], _config: Config) -> Iterator[tuple[DeclaredResource, str]]:
        yield resources[0], f"name: {SECRET}"
        raise KeyError(SECRET)

    policy = build_policy(StackRule(name="s", description="S.", collections=("connections",), validate=validate))
    assert isinstance(policy, StackValidationPolicy)

    first, failed = collect_messages(policy.validate, build_stack_args(REQUESTS["AnalyzeStack"]))

    assert first == "name: [secret]"
    assert failed.startswith("The rule itself failed (KeyError)")


def test_remediated_property_replaces_the_declared_one_and_secrets_stay_secret() -> None:
    policy = build_policy(rule(lambda _resource, _config: [], remediate=lambda _resource, _config: {"name": "Orders"}))
    assert isinstance(policy, ResourceValidationPolicy)

    properties = serialize_properties(policy.remediate(build_remediation_args(LAKE_TO_REMEDIATE)))  # type: ignore[arg-type]  # no coroutine

    assert properties == {**LAKE_TO_REMEDIATE["properties"], "name": "Orders"}


def test_rule_remediates_only_resources_of_its_collections() -> None:
    policy = build_policy(
        replace(
            rule(lambda _resource, _config: [], remediate=lambda _resource, _config: {"name": "x"}),
            collections=("flows",),
        )
    )
    assert isinstance(policy, ResourceValidationPolicy)

    assert policy.remediate(build_remediation_args(LAKE_TO_REMEDIATE)) is None


@pytest.mark.parametrize("outcome", [{}, RuntimeError(SECRET)])
def test_empty_or_failing_remediation_changes_nothing(outcome: Any) -> None:
    def remediate(_resource: DeclaredResource, _config: Config) -> Mapping[str, Any]:
        if isinstance(outcome, Exception):
            raise outcome
        return dict(outcome)

    policy = build_policy(rule(lambda _resource, _config: [], remediate=remediate))
    assert isinstance(policy, ResourceValidationPolicy)

    assert policy.remediate(build_remediation_args(LAKE_TO_REMEDIATE)) is None


def test_every_rule_has_a_unique_name_and_a_remediation_if_its_level_requires_one() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        can_remediate = isinstance(rule, ResourceRule) and rule.remediate is not None
        assert can_remediate is (rule.level is EnforcementLevel.REMEDIATE), rule.name
