"""owner."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.owner import RULE
from tests.policy.resources import connection, dataflow, validate


@pytest.mark.parametrize(
    "description", ["Owner: data-platform@acme.example", "Orders.\nowner:lake-team", "x (OWNER: team-a)"]
)
def test_owner_anywhere_in_the_description_passes(description: str) -> None:
    assert validate(RULE, connection(description=description)) == []


@pytest.mark.parametrize("description", ["Orders of the shop", "Owner: ", "the owner is known", "coowner: me"])
def test_description_without_an_owner_is_a_violation(description: str) -> None:
    (message,) = validate(RULE, dataflow(description=description))

    assert message.startswith("description: the text names no owner")
    assert "Owner: data-platform@acme.example" in message


def test_missing_description_is_a_violation() -> None:
    (message,) = validate(RULE, connection(without=("description",)))

    assert message.startswith("description: the description is missing")


def test_configured_pattern_replaces_the_pattern_of_owners() -> None:
    assert validate(RULE, connection(description="Ticket DP-17"), pattern=r"\b[A-Z]+-\d+\b") == []
