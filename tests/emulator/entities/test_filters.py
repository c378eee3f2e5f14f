"""The filters of a list."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_service_emulator.entities.filters import get_field_values, parse_filter
from flow_service_emulator.errors import FlowServiceError

ENTITY: dict[str, Any] = {
    "name": "CRM, main",
    "state": "enabled",
    "createdAt": 1000,
    "connectionSpec": {"id": "spec-1", "version": "1.0"},
    "scheduleParams": {"startTime": "1000"},
    "transformations": [{"params": {"mappingId": "m-1", "columns": [{"name": "a"}, {"name": "b"}]}}],
    "isSource": True,
}


FIELDS = frozenset({*ENTITY, "description"})


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
        ("scheduleParams.startTime>=999", True),
        ("scheduleParams.startTime>1000", False),
        ("transformations[].params.mappingId==m-1", True),
        ("transformations[].params.columns[].name==b", True),
        ("transformations[].params.columns[].name==c", False),
        ("isSource==true", True),
        ("isSource==FALSE", False),
        ("description==nothing", False),
    ],
)
def test_filter_selects_the_matching_entities(text: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert parse_filter(text, FIELDS).matches(ENTITY) is expected


@given(name=st.text(min_size=1, max_size=30).filter(lambda name: "\\" not in name and '"' not in name))
def test_quoted_name_with_any_character_is_found(name: str) -> None:
    assert parse_filter(f'name=="{name}"', FIELDS).matches({"name": name})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name", "1450-400"),
        ("name=x", "1450-400"),
        ("name~=x", "1450-400"),
        ("name!=x", "1440-400"),
        ("nothing==x", "1449-400"),
        ("createdAt>1,2", "1443-400"),
        ("name==", "1452-400"),
        ("createdAt==soon", "1454-400"),
        ("isSource==maybe", "1454-400"),
        ("isSource>true", "1448-400"),
    ],
)
def test_invalid_filter_gets_its_own_error_code(text: str, code: str) -> None:
    with pytest.raises(FlowServiceError) as refusal:
        parse_filter(text, FIELDS).matches(ENTITY)

    assert refusal.value.code == code


def test_filter_path_searches_inside_arrays() -> None:
    entity = {"params": {"columns": [{"name": "a"}, {"name": "b"}]}}
    assert get_field_values(entity, "params.columns[].name") == ["a", "b"]
