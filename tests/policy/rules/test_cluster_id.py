"""cluster-id."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rule import ConfigError
from adobe_flow_policy.rules.cluster_id import RULE
from tests.policy.resources import connection, validate


@pytest.mark.parametrize("cluster", ["0612-200003-abc123", "1202-211320-brick1", "0923-164208-meows279"])
def test_ids_of_databricks_pass(cluster: str) -> None:
    assert validate(RULE, connection(clusterId=cluster)) == []


@pytest.mark.parametrize("cluster", ["xxxx", "aep", "0612-200003-abc123\n", "x0612-200003-abc123", ""])
def test_what_is_no_id_as_a_whole_is_refused(cluster: str) -> None:
    (message,) = validate(RULE, connection(clusterId=cluster))

    assert message.startswith("clusterId: the id does not match")


def test_the_value_is_not_repeated_for_it_may_be_a_token_in_the_wrong_place() -> None:
    (message,) = validate(RULE, connection(clusterId="dapi0123456789"))

    assert "dapi" not in message


def test_a_team_gives_its_own_pattern() -> None:
    assert validate(RULE, connection(clusterId="xxxx"), pattern="x+") == []


def test_a_pattern_that_is_none_is_told() -> None:
    with pytest.raises(ConfigError, match="not a regular expression"):
        validate(RULE, connection(), pattern="(")
