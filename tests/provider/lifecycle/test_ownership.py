"""The line of ownership: written, read, replaced and taken away again without a trace."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.lifecycle.ownership import marked, owner_of, stack_of, unmarked

PARTS = st.text(st.characters(exclude_characters="/\n", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)
OWNERS = st.tuples(PARTS, PARTS, PARTS).map("/".join).filter(lambda owner: owner == owner.strip())


@given(st.text(), OWNERS)
def test_marking_and_unmarking_gives_the_description_back(description: str, owner: str) -> None:
    plain = unmarked(description)

    assert unmarked(marked(plain, owner)) == plain
    assert owner_of({"description": marked(plain, owner)}) == owner


@given(st.text(), OWNERS, OWNERS)
def test_a_second_mark_takes_the_place_of_the_first(description: str, first: str, second: str) -> None:
    both = marked(marked(description, first), second)

    assert both == marked(description, second)


def test_a_description_without_the_line_names_nobody() -> None:
    for description in (
        None,
        "",
        "Managed by Pulumi",
        "Managed by Pulumi: a/b/c\nand more",
        "x Managed by Pulumi: a/b/c",
    ):
        assert owner_of({"description": description}) is None


def test_a_stack_is_a_project_and_a_stack_whatever_the_resource_is_called() -> None:
    assert stack_of("project/dev/a/b") == stack_of("project/dev/c") == "project/dev"
