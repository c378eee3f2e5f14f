"""production-sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow_policy.rules.production_sandbox import RULE
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import connection, dataflow, validate


@pytest.mark.parametrize(("stack", "sandbox"), [("prod", "prod"), ("shop-prod", "prod-eu"), ("dev", "stage")])
def test_production_stack_with_production_sandbox_passes(stack: str, sandbox: str) -> None:
    assert validate(RULE, connection(stack=stack, _sandbox=sandbox)) == []


def test_production_stack_with_another_sandbox_is_a_violation() -> None:
    (message,) = validate(RULE, dataflow(stack="prod", _sandbox="dev"))

    assert message.startswith('sandbox: "prod" is a production stack, but "dev" is not a production sandbox')


def test_other_stack_with_a_production_sandbox_is_a_violation_unless_configured() -> None:
    resource = connection(stack="dev", _sandbox="prod")

    (message,) = validate(RULE, resource)

    assert message.startswith('sandbox: "prod" is a production sandbox, but "dev" is not a production stack')
    assert validate(RULE, resource, exclusive=False) == []


@pytest.mark.parametrize("sandbox", [None, UNKNOWN])
def test_unknown_sandbox_passes(sandbox: Any) -> None:
    assert validate(RULE, connection(stack="prod", _sandbox=sandbox)) == []


def test_configuration_names_production_stacks_and_sandboxes() -> None:
    config = {"stacks": ["live"], "sandboxes": ["acme-*"]}

    assert validate(RULE, connection(stack="live", _sandbox="acme-eu"), **config) == []
    assert len(validate(RULE, connection(stack="live", _sandbox="prod"), **config)) == 1
