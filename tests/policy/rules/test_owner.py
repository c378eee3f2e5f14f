"""owner."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.owner import RULE
from tests.policy.resources import connection, dataflow, validate


@pytest.mark.parametrize(
    "description", ["Owner: data-platform@acme.example", "Orders.\nowner:lake-team", "x (OWNER: team-a)"]
)
def test_an_owner_anywhere_in_the_description_passes(description: str) -> None:
    assert validate(RULE, connection(description=description)) == []


@pytest.mark.parametrize("description", ["Orders of the shop", "Owner: ", "the owner is known", "coowner: me"])
def test_a_description_without_an_owner_is_refused(description: str) -> None:
    (message,) = validate(RULE, dataflow(description=description))

    assert message.startswith("description: the text names no owner")
    assert "Owner: data-platform@acme.example" in message


def test_a_missing_description_is_refused() -> None:
    (message,) = validate(RULE, connection(without=("description",)))

    assert message.startswith("description: the description is missing")


def test_a_team_gives_its_own_pattern() -> None:
    assert validate(RULE, connection(description="Ticket DP-17"), pattern=r"\b[A-Z]+-\d+\b") == []
