"""What a round of export and import counts as a failure."""

from __future__ import annotations

import pytest

from tests.chaos.import_cases import AMOUNTS, ImportTally, table


def test_the_sandboxes_have_the_promised_numbers() -> None:
    sums = [
        sum(getattr(each, kind) for each in AMOUNTS.values()) for kind in ("connections", "sources", "targets", "flows")
    ]

    assert (len(AMOUNTS), sums) == (3, [200, 300, 50, 250])


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Resources:\n    3 unchanged\n", 0),
        ("Resources:\n    ~ 1 to update\n    2 unchanged\n", 1),
        ("Resources:\n    3 unchanged, of which\n", 1),
        ("error: refused", 1),
    ],
)
def test_import_step_with_any_change_of_resources_or_stack_is_counted(text: str, changes: int) -> None:
    tally = ImportTally("dev", entities=2)

    tally.judge_step("preview", text)

    assert (tally.changes, len(tally.failures)) == (changes, changes)


def test_entities_missing_in_the_state_or_in_flow_service_are_counted() -> None:
    tally = ImportTally("dev", entities=2)
    type_ = "pulumi-python:dynamic/adobe:Dataflow"

    tally.judge_state(
        {"1", "2"}, [{"type": type_, "id": "2"}, {"type": type_, "id": "3"}, {"type": "pulumi:pulumi:Stack"}]
    )

    assert (tally.orphans, tally.lost_ids) == (1, 1)
    assert "| `dev` | 2 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 1 | 0 |" in table([tally])
