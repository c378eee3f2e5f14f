"""A planned connection is one of its source and name, or the one that a person names; never a guess."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.adopting.matching import Known, Left, Match, mapping, matched, without_doubles
from adobe_flow.adopting.plan import Planned
from adobe_flow.problem import Problem
from tests.cli.adopting.test_wrapped import LATER, secret

NONE = Known({}, {})


def planned(resource: str = "lake", **inputs: Any) -> Planned:
    urn = f"urn:pulumi:dev::project::pulumi-python:dynamic/adobe:BaseConnection::{resource}"
    declared = {
        "name": "Lake",
        "connectionSpec": {"id": "spec", "version": "1.0"},
        "authSpec": "Key",
        "owner": f"project/dev/{resource}",
        **inputs,
    }
    return Planned(urn, "pulumi-python:dynamic/adobe:BaseConnection", custom=True, creates=True, inputs=declared)


def entity(id_: str = "id-1", **changed: Any) -> dict[str, Any]:
    return {"id": id_, "name": "Lake", "connectionSpec": {"id": "spec"}, "auth": {"specName": "Key"}, **changed}


def left(found: Match | Left) -> str:
    assert isinstance(found, Left), found
    return found.reason


def test_it_is_the_one_of_its_name_and_source() -> None:
    there = [entity("other", name="lake"), entity("else", connectionSpec={"id": "another"}), entity("id-1")]

    found = matched(planned(), there, NONE)

    assert isinstance(found, Match)
    assert found.id == "id-1"


def test_two_are_listed_and_none_is_guessed() -> None:
    found = matched(planned(), [entity("id-1"), entity("id-2")], NONE)

    assert "choose one with --map" in left(found)
    assert isinstance(found, Left)
    assert found.ids == ("id-1", "id-2")


def test_a_person_may_say_which_whatever_its_name() -> None:
    there = [entity("id-1"), entity("id-2", name="another")]

    for resource in ("lake", planned().urn):
        found = matched(planned(), there, Known({resource: "id-2"}, {}))
        assert isinstance(found, Match)
        assert found.id == "id-2"


def test_one_that_is_not_there_stays_a_create() -> None:
    assert left(matched(planned(), [entity(name="other")], NONE)) == "there is none of its name and source"
    assert "no connection id-9" in left(matched(planned(), [entity()], Known({"lake": "id-9"}, {})))


@pytest.mark.parametrize("name", [LATER, secret(LATER)])
def test_a_name_that_an_update_only_will_know_is_not_matched(name: Any) -> None:
    assert "--map" in left(matched(planned(name=name), [entity()], NONE))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"auth": {"specName": "OAuth"}}, "authenticates with OAuth, which nobody can change"),
        ({"description": "x\nManaged by Pulumi: other/dev/lake"}, "belongs to other/dev/lake"),
    ],
)
def test_what_could_not_be_kept_as_it_is_is_left(changed: dict[str, Any], reason: str) -> None:
    assert reason in left(matched(planned(), [entity(**changed)], NONE))


def test_one_of_this_stacks_own_line_of_ownership_is_taken() -> None:
    assert isinstance(matched(planned(), [entity(description="Managed by Pulumi: project/dev/old")], NONE), Match)


def test_one_that_the_stack_manages_under_another_name_is_left() -> None:
    """The old resource would be deleted by the next update, and with it what was adopted."""
    assert "manages it already as old" in left(matched(planned(), [entity()], Known({}, {"id-1": "old"})))


def test_a_mapping_to_another_source_is_refused() -> None:
    there = [entity(connectionSpec={"id": "another"})]

    assert "another source" in left(matched(planned(), there, Known({"lake": "id-1"}, {})))


def test_what_two_resources_declare_is_left_to_a_person() -> None:
    found = [Match(planned("a"), entity()), Match(planned("b"), entity()), Match(planned("c"), entity("id-2"))]

    decided = list(without_doubles(found))

    assert [isinstance(each, Match) for each in decided] == [False, False, True]


def test_mappings_are_by_name_or_urn_and_the_given_one_wins() -> None:
    wanted = [planned("a"), planned("b")]

    assert mapping(["a=1"], {"a": "2", "b": "3", "gone": "4"}, wanted) == {"a": "1", "b": "3"}
    assert mapping([f"{wanted[0].urn}=1"], {}, wanted) == {wanted[0].urn: "1"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["lake"], "is no mapping"),
        (["=1"], "is no mapping"),
        (["lake="], "is no mapping"),
        (["lkae=1"], "It makes: lake."),
        (["lake=1", "lake=2"], "more than once"),
        (["lake=1", "sea=1"], "more than once"),
    ],
)
def test_a_wrong_mapping_is_told(given: list[str], words: str) -> None:
    with pytest.raises(Problem) as problem:
        mapping(given, {}, [planned("lake"), planned("sea")])

    assert words in str(problem.value)
