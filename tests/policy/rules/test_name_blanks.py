"""name-blanks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adobe_flow_policy.rules.name_blanks import RULE, mend
from tests.policy.resources import UNHURRIED, connection, judged


@pytest.mark.parametrize("name", [" Orders of the shop", "Orders of the shop\n", "Orders  of\tthe shop"])
def test_such_a_name_is_told_and_trimmed(name: str) -> None:
    (message,) = judged(RULE, connection(name=name))

    assert message.startswith("name: has blanks")
    assert mend(connection(name=name), {}) == {"name": "Orders of the shop"}


@pytest.mark.parametrize("name", ["Orders", "Orders of the shop", "   ", ""])
def test_other_names_stay_as_they_are_and_blank_ones_are_for_the_provider(name: str) -> None:
    assert judged(RULE, connection(name=name)) == []
    assert mend(connection(name=name), {}) == {}


@UNHURRIED
@given(st.text())
def test_what_was_mended_needs_no_mending(name: str) -> None:
    mended: dict[str, Any] = {"name": name, **mend(connection(name=name), {})}

    assert mend(connection(**mended), {}) == {}
