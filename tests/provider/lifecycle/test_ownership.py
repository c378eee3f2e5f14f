"""The line of ownership: written, read, replaced and taken away again without a trace."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.ownership import add_ownership_line, read_owner, read_stack, remove_ownership_line
from tests.provider.lifecycle.world import OWNER, World, build_foreign_connection, build_inputs

PARTS = st.text(st.characters(exclude_characters="/\n", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)
OWNERS = st.tuples(PARTS, PARTS, PARTS).map("/".join).filter(lambda owner: owner == owner.strip())


@given(st.text(), OWNERS)
def test_marking_and_unmarking_gives_the_description_back(description: str, owner: str) -> None:
    plain = remove_ownership_line(description)

    assert remove_ownership_line(add_ownership_line(plain, owner)) == plain
    assert read_owner({"description": add_ownership_line(plain, owner)}) == owner


@given(st.text(), OWNERS, OWNERS)
def test_a_second_mark_takes_the_place_of_the_first(description: str, first: str, second: str) -> None:
    both = add_ownership_line(add_ownership_line(description, first), second)

    assert both == add_ownership_line(description, second)


def test_a_description_without_the_line_names_nobody() -> None:
    for description in (
        None,
        "",
        "Managed by Pulumi",
        "Managed by Pulumi: a/b/c\nand more",
        "x Managed by Pulumi: a/b/c",
    ):
        assert read_owner({"description": description}) is None


def test_a_stack_is_a_project_and_a_stack_whatever_the_resource_is_called() -> None:
    assert read_stack("project/dev/a/b") == read_stack("project/dev/c") == "project/dev"


def test_a_description_that_is_taken_out_of_the_program_leaves_the_line_alone(world: World) -> None:
    marks = Options(test="off", ownership="description")
    made = world.start_process(marks).lifecycle.create(build_inputs(description="the lake"))

    world.start_process(marks).lifecycle.update(made.id, made.outputs, build_inputs(description=None))

    assert world.list_connections()[0]["description"] == f"Managed by Pulumi: {OWNER}"


def test_an_adoption_sends_the_description_once(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection(description="theirs"))["id"]

    world.start_process(Options(test="off", adopt=(there,), ownership="description")).lifecycle.create(build_inputs())

    (patch,) = [each["body"] for each in world.emulator.journal() if each["method"] == "PATCH"]
    described = [each for each in patch if each["path"] == "/description"]
    assert described == [{"op": "add", "path": "/description", "value": f"the lake\nManaged by Pulumi: {OWNER}"}]
