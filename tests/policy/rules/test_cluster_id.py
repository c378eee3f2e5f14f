"""cluster-id."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rule import ConfigError
from adobe_flow_policy.rules.cluster_id import RULE
from tests.policy.resources import connection, validate


@pytest.mark.parametrize("cluster", ["0612-200003-abc123", "1202-211320-brick1", "0923-164208-meows279"])
def test_cluster_ids_of_databricks_pass(cluster: str) -> None:
    assert validate(RULE, connection(clusterId=cluster)) == []


@pytest.mark.parametrize("cluster", ["xxxx", "aep", "0612-200003-abc123\n", "x0612-200003-abc123", ""])
def test_value_that_is_not_entirely_a_cluster_id_is_a_violation(cluster: str) -> None:
    (message,) = validate(RULE, connection(clusterId=cluster))

    assert message.startswith("clusterId: the id does not match")


def test_violation_does_not_repeat_the_value_because_it_may_be_a_misplaced_token() -> None:
    (message,) = validate(RULE, connection(clusterId="dapi0123456789"))

    assert "dapi" not in message


def test_configured_pattern_replaces_the_pattern_of_cluster_ids() -> None:
    assert validate(RULE, connection(clusterId="xxxx"), pattern="x+") == []


def test_invalid_pattern_in_the_configuration_is_a_violation() -> None:
    with pytest.raises(ConfigError, match="not a regular expression"):
        validate(RULE, connection(), pattern="(")
