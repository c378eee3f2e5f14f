"""The filters of a list."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_service_emulator.connections.filters import field_values, matches

ENTITY: dict[str, Any] = {
    "name": "CRM, main",
    "state": "enabled",
    "createdAt": 1000,
    "connectionSpec": {"id": "spec-1", "version": "1.0"},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("state==enabled", True),
        ("state==disabled", False),
        ("state==disabled,enabled", True),
        ("connectionSpec.id==spec-1", True),
        ("connectionSpec.id==spec-2", False),
        ('name=="CRM, main"', True),
        ("name==CRM, main", False),
        ('state=="enabled"', True),
        ("createdAt>999", True),
        ("createdAt>1000", False),
        ("createdAt>=1000", True),
        ("createdAt<1000", False),
        ("createdAt<=1000", True),
        ("createdAt==1000", True),
        ("createdAt==soon", False),
        ("description==nothing", False),
    ],
)
def test_a_filter_picks_what_it_says(text: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert matches(ENTITY, text) is expected


@given(name=st.text(min_size=1, max_size=30).filter(lambda name: "\\" not in name and '"' not in name))
def test_any_name_is_found_when_it_is_quoted(name: str) -> None:
    assert matches({"name": name}, f'name=="{name}"')


def test_an_array_is_looked_into() -> None:
    entity = {"params": {"columns": [{"name": "a"}, {"name": "b"}]}}
    assert field_values(entity, "params.columns[].name") == ["a", "b"]
