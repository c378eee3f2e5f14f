"""How Data Prep spells names and paths, and which of them a program means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_service_emulator.lake import mapping_paths as data_prep
from pulumi_adobe.resource_types.mapping_paths import Segment, format_path, parse_path, resolve_source

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
SEGMENTS = st.builds(Segment, NAMES, st.sampled_from(["", "[0]", "[*]", "[2][*]"]))


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("order_id", "order_id"),
        ("$ref", "$ref"),
        ("größe", "größe"),
        ("First Name", "${First Name}"),
        ("2024-total", "${2024-total}"),
        ("First.Name", r"${First\.Name}"),
        ("size", "${size}"),
        ("lt", "${lt}"),
        ("upper", "${upper}"),
        ("Amount [EUR]", "${Amount [EUR]}"),
        ("a}b", r"${a\}b}"),
    ],
)
def test_a_column_is_quoted_only_where_data_prep_needs_it(name: str, spelling: str) -> None:
    assert format_path(resolve_source(name, {name})) == spelling


@pytest.mark.parametrize(
    ("source", "spelling"),
    [
        ("emails[0].email", "emails[0].email"),
        ("items[*].unit price", "items[*].${unit price}"),
        ("${First Name}", "${First Name}"),
        (r"address.${street\.name}", r"address.${street\.name}"),
        ("${First.Name}", r"${First\.Name}"),
        ("a[b", "${a[b}"),
        ("a..b", r"${a\.\.b}"),
        ("${a", "${${a}"),
    ],
)
def test_text_that_is_no_column_is_parsed_as_a_path_if_possible(source: str, spelling: str) -> None:
    assert format_path(resolve_source(source, {"other"})) == spelling
    assert format_path(resolve_source(source, None)) == spelling


@given(NAMES)
def test_every_column_name_is_formatted_and_parsed_back(name: str) -> None:
    spelling = format_path(resolve_source(name, {name}))

    assert parse_path(spelling) == (Segment(name),)
    assert data_prep.parse_path(spelling, data_prep.RESERVED) == (name,)


@given(st.lists(SEGMENTS, min_size=1, max_size=4))
def test_every_path_is_formatted_and_parsed_back(segments: list[Segment]) -> None:
    spelling = format_path(tuple(segments))

    assert parse_path(spelling) == tuple(segments)
    assert resolve_source(spelling, None) == tuple(segments)
    assert [step for step in data_prep.parse_path(spelling) if isinstance(step, str)] == [
        each.name for each in segments
    ]


@given(st.text(max_size=20))
def test_any_text_is_parsed_as_a_column_or_a_path(text: str) -> None:
    path = resolve_source(text, None)

    assert path
    assert text == "" or parse_path(format_path(path)) == path
