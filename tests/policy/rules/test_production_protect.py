"""production-protect."""

from __future__ import annotations

from adobe_flow_policy.rules.production_protect import RULE
from tests.policy.resources import connection, judged


def test_an_unprotected_connection_of_a_production_stack_is_refused() -> None:
    (message,) = judged(RULE, connection(stack="prod"))

    assert message.startswith('protect: is not set, and "prod" is a production stack')
    assert "protect=True" in message


def test_protected_ones_and_other_stacks_pass() -> None:
    assert judged(RULE, connection(stack="prod", _protect=True)) == []
    assert judged(RULE, connection(stack="dev")) == []


def test_a_team_says_which_stacks_are_production() -> None:
    assert judged(RULE, connection(stack="prod"), stacks=["live"]) == []
    assert len(judged(RULE, connection(stack="live"), stacks=["live"])) == 1
