"""duplicate-workspace."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow_policy.rules.duplicate_workspace import RULE
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import CONNECTION, connection, validate_together


def test_two_connections_that_read_the_same_workspace_and_catalog_are_a_violation() -> None:
    shouted = CONNECTION["domain"].upper() + "/"  # type: ignore[attr-defined]  # a text
    ((name, message),) = validate_together(RULE, connection("a"), connection("b", domain=shouted, clusterId="other"))

    assert name == "b"
    assert message.startswith(
        'domain, database, catalog: DatabricksSourceConnection "a" in the sandbox "dev" has the same values'
    )


@pytest.mark.parametrize(
    "other", [{"database": "other"}, {"catalog": "main"}, {"_sandbox": "stage"}, {"database": UNKNOWN}]
)
def test_connections_that_differ_or_may_differ_pass(other: dict[str, Any]) -> None:
    assert validate_together(RULE, connection("a"), connection("b", **other)) == []


def test_configuration_can_allow_only_one_connection_per_workspace() -> None:
    pair = connection("a"), connection("b", database="other")

    assert len(validate_together(RULE, *pair, by=["domain"])) == 1


def test_source_without_a_workspace_passes() -> None:
    pair = connection("a", without=("domain",)), connection("b", without=("domain",))

    assert validate_together(RULE, *pair) == []
