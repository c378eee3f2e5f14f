"""The ownership line: it is added, read, replaced and removed without a trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.lifecycle.errors import OwnedByAnotherStack
from pulumi_adobe.lifecycle.ownership import (
    add_ownership_line,
    read_owner,
    remove_ownership_line,
    require_ownership,
)
from tests.provider.lifecycle.world import OWNER, WITH_OWNERSHIP, World, build_inputs

OWNER_PARTS = st.text(st.characters(exclude_characters="/\n", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)
OWNERS = st.tuples(OWNER_PARTS, OWNER_PARTS, OWNER_PARTS).map("/".join).filter(lambda owner: owner == owner.strip())


@given(st.text(), OWNERS)
def test_adding_and_removing_the_ownership_line_returns_the_description(description: str, owner: str) -> None:
    plain_description = remove_ownership_line(description)
    description_with_line = add_ownership_line(plain_description, owner)

    assert remove_ownership_line(description_with_line) == plain_description
    assert read_owner({"description": description_with_line}) == owner


@given(st.text(), OWNERS, OWNERS)
def test_adding_an_ownership_line_replaces_an_earlier_one(
    description: str, first_owner: str, second_owner: str
) -> None:
    description_with_first_line = add_ownership_line(description, first_owner)

    assert add_ownership_line(description_with_first_line, second_owner) == add_ownership_line(
        description, second_owner
    )


@pytest.mark.parametrize(
    "description",
    [None, "", "Managed by Pulumi", "Managed by Pulumi: a/b/c\nand more", "x Managed by Pulumi: a/b/c"],
    ids=repr,
)
def test_description_without_an_ownership_line_names_no_owner(description: str | None) -> None:
    assert read_owner({"description": description}) is None


def test_ownership_is_compared_by_stack_and_not_by_resource() -> None:
    entity = {"description": "Managed by Pulumi: project/prod/lake"}

    require_ownership("subject", {}, OWNER)
    require_ownership("subject", entity, "project/prod/another")
    with pytest.raises(OwnedByAnotherStack) as error:
        require_ownership("subject", entity, OWNER)

    assert error.value.message.startswith("subject: ")
    assert "project/prod/lake" in error.value.message
    assert "`pulumi state delete`" in error.value.hint


def test_removing_the_description_from_the_program_keeps_the_ownership_line(world: World) -> None:
    created = world.create(WITH_OWNERSHIP, description="the lake")

    lifecycle = world.start_process(WITH_OWNERSHIP).lifecycle
    lifecycle.update(created.id, created.outputs, build_inputs(description=None))

    assert world.get_connection()["description"] == f"Managed by Pulumi: {OWNER}"
