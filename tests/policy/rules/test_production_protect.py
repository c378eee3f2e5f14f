"""production-protect."""

from __future__ import annotations

from adobe_flow_policy.rules.production_protect import RULE
from tests.policy.resources import connection, validate


def test_unprotected_connection_of_a_production_stack_is_a_violation() -> None:
    (message,) = validate(RULE, connection(stack="prod"))

    assert message.startswith('protect: the option is not set, and "prod" is a production stack')
    assert "protect=True" in message


def test_protected_connection_and_other_stack_pass() -> None:
    assert validate(RULE, connection(stack="prod", _protect=True)) == []
    assert validate(RULE, connection(stack="dev")) == []


def test_configuration_names_the_production_stacks() -> None:
    assert validate(RULE, connection(stack="prod"), stacks=["live"]) == []
    assert len(validate(RULE, connection(stack="live"), stacks=["live"])) == 1
