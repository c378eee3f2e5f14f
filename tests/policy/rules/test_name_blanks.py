"""name-blanks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adobe_flow_policy.rules.name_blanks import RULE, remediate
from tests.policy.resources import UNHURRIED, connection, validate


@pytest.mark.parametrize("name", [" Orders of the shop", "Orders of the shop\n", "Orders  of\tthe shop"])
def test_such_a_name_is_told_and_trimmed(name: str) -> None:
    (message,) = validate(RULE, connection(name=name))

    assert message.startswith("name: the name has spaces")
    assert remediate(connection(name=name), {}) == {"name": "Orders of the shop"}


@pytest.mark.parametrize("name", ["Orders", "Orders of the shop", "   ", ""])
def test_other_names_stay_as_they_are_and_blank_ones_are_for_the_provider(name: str) -> None:
    assert validate(RULE, connection(name=name)) == []
    assert remediate(connection(name=name), {}) == {}


@UNHURRIED
@given(st.text())
def test_what_was_remediated_needs_no_remediation(name: str) -> None:
    remediated: dict[str, Any] = {"name": name, **remediate(connection(name=name), {})}

    assert remediate(connection(**remediated), {}) == {}
