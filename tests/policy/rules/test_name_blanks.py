"""name-blanks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adobe_flow_policy.rules.name_blanks import RULE, remediate
from tests.policy.resources import UNHURRIED, connection, validate


@pytest.mark.parametrize("name", [" Orders of the shop", "Orders of the shop\n", "Orders  of\tthe shop"])
def test_name_with_outer_blanks_is_a_violation_and_the_remediation_trims_it(name: str) -> None:
    (message,) = validate(RULE, connection(name=name))

    assert message.startswith("name: the name has spaces")
    assert remediate(connection(name=name), {}) == {"name": "Orders of the shop"}


@pytest.mark.parametrize("name", ["Orders", "Orders of the shop", "   ", ""])
def test_name_without_outer_blanks_is_unchanged_and_an_all_blank_one_is_left_to_the_provider(name: str) -> None:
    assert validate(RULE, connection(name=name)) == []
    assert remediate(connection(name=name), {}) == {}


@UNHURRIED
@given(st.text())
def test_remediated_name_needs_no_further_remediation(name: str) -> None:
    remediated: dict[str, Any] = {"name": name, **remediate(connection(name=name), {})}

    assert remediate(connection(**remediated), {}) == {}
