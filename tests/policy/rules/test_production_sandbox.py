"""production-sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow_policy.rules.production_sandbox import RULE
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import connection, dataflow, validate


@pytest.mark.parametrize(("stack", "sandbox"), [("prod", "prod"), ("shop-prod", "prod-eu"), ("dev", "stage")])
def test_like_and_like_pass(stack: str, sandbox: str) -> None:
    assert validate(RULE, connection(stack=stack, _sandbox=sandbox)) == []


def test_a_production_stack_with_another_sandbox_is_refused() -> None:
    (message,) = validate(RULE, dataflow(stack="prod", _sandbox="dev"))

    assert message.startswith('sandbox: "prod" is a production stack, but "dev" is not a production sandbox')


def test_another_stack_with_a_production_sandbox_is_refused_unless_a_team_allows_it() -> None:
    resource = connection(stack="dev", _sandbox="prod")

    (message,) = validate(RULE, resource)

    assert message.startswith('sandbox: "prod" is a production sandbox, but "dev" is not a production stack')
    assert validate(RULE, resource, exclusive=False) == []


@pytest.mark.parametrize("sandbox", [None, UNKNOWN])
def test_a_sandbox_that_nobody_knows_yet_passes(sandbox: Any) -> None:
    assert validate(RULE, connection(stack="prod", _sandbox=sandbox)) == []


def test_a_team_says_what_production_is() -> None:
    config = {"stacks": ["live"], "sandboxes": ["acme-*"]}

    assert validate(RULE, connection(stack="live", _sandbox="acme-eu"), **config) == []
    assert len(validate(RULE, connection(stack="live", _sandbox="prod"), **config)) == 1
