"""Two references are the same if they lead to entities of one name, whatever the ids are."""

from __future__ import annotations

import pytest

from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.compare.references import DATASET, EntityNames, Reference, refer_to_same_entities

DEV = EntityNames({DATASET: {"d-1": "orders", "d-2": "customers"}})
STAGE = EntityNames({DATASET: {"s-1": "orders", "s-2": "customers"}})
UNLISTED = EntityNames({DATASET: None})
STACK = EntityNames({}, is_stack=True)


def refer(names: EntityNames, *ids: str) -> list[Reference]:
    return [names.refer(DATASET, id_) for id_ in ids]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (refer(DEV, "d-1"), refer(STAGE, "s-1"), True),
        (refer(DEV, "d-1"), refer(STAGE, "s-2"), False),
        (refer(DEV, "d-1", "d-2"), refer(STAGE, "s-2", "s-1"), True),
        (refer(DEV, "d-1", "d-2"), refer(STAGE, "s-1"), False),
        (refer(DEV, "d-1"), refer(STAGE, "gone"), False),
        (refer(DEV, "gone"), refer(STAGE, "gone too"), False),
        (refer(DEV, "gone"), refer(DEV, "gone"), True),
        (refer(UNLISTED, "d-1"), refer(UNLISTED, "d-1"), True),
        (refer(UNLISTED, "d-1"), refer(STAGE, "s-1"), False),
        (refer(STACK, "d-1"), refer(STAGE, "s-1"), None),
        (refer(STACK, "d-1"), refer(STACK, "d-1"), True),
        (refer(STACK, "d-1"), [], False),
        (refer(DEV, UNREADABLE), refer(DEV, UNREADABLE), False),
        ([], [], True),
    ],
)
def test_references_are_compared_by_name_if_both_names_are_known(
    a: list[Reference],
    b: list[Reference],
    expected: bool | None,  # noqa: FBT001 - a parameter
) -> None:
    assert refer_to_same_entities(a, b) is expected
    assert refer_to_same_entities(b, a) is expected


def test_references_of_a_stack_use_the_names_of_the_stack_and_of_its_sandbox() -> None:
    names = EntityNames({"base connection": {"c-1": "lake"}}, is_stack=True, fallback=DEV)

    assert names.refer("base connection", "c-1").describe() == "lake"
    assert names.refer(DATASET, "d-1").describe() == "orders"
    assert names.refer(DATASET, "d-9").describe() == "d-9 (does not exist)"


def test_id_of_another_type_is_unreadable() -> None:
    assert DEV.refer(DATASET, ["d-1"]).describe() == UNREADABLE
