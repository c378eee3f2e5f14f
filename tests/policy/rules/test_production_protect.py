"""production-protect."""

from __future__ import annotations

from adobe_flow_policy.rules.production_protect import RULE
from tests.policy.resources import connection, validate


def test_an_unprotected_connection_of_a_production_stack_is_refused() -> None:
    (message,) = validate(RULE, connection(stack="prod"))

    assert message.startswith('protect: the option is not set, and "prod" is a production stack')
    assert "protect=True" in message


def test_protected_ones_and_other_stacks_pass() -> None:
    assert validate(RULE, connection(stack="prod", _protect=True)) == []
    assert validate(RULE, connection(stack="dev")) == []


def test_a_team_says_which_stacks_are_production() -> None:
    assert validate(RULE, connection(stack="prod"), stacks=["live"]) == []
    assert len(validate(RULE, connection(stack="live"), stacks=["live"])) == 1
