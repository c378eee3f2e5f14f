"""The table counts what was run, and takes words for people apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mutation import results
from tests.mutation.results import Mutant, read, table

OLD = '-    raise Refused(f"{name} is there", "Delete it first.")'


def living(*lines: str, status: str = "survived") -> Mutant:
    return Mutant("m", "lifecycle/create.py", status, "\n".join(("--- a", "+++ b", *lines)))


@pytest.mark.parametrize(
    ("lines", "wording"),
    [
        ((OLD, '+    raise Refused(f"{name} is there", "XXDelete it first.XX")'), True),
        ((OLD, '+    raise Refused(f"{name} is there", None)'), False),
        ((OLD, '+    raise Refused(f"{name} is there")'), False),
        (('-    found = entity["id"]', '+    found = entity["XXidXX"]'), False),
        (('-    if found > 1: say("one of them")', '+    if found >= 1: say("one of them")'), False),
        (("-    a = 1",), False),
    ],
)
def test_only_a_literal_with_a_space_counts_as_wording(lines: tuple[str, ...], *, wording: bool) -> None:
    assert living(*lines).is_wording is wording


@pytest.mark.parametrize(
    ("code", "open_"), [(0, False), (1, False), (37, False), (None, True), (255, True), (-24, False)]
)
def test_mutant_that_was_not_run_has_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int | None, *, open_: bool
) -> None:
    monkeypatch.setattr(results, "get_diff_for_mutant", lambda *_, **__: "")
    noted = tmp_path / "mutants" / "pulumi_adobe" / "lifecycle" / "create.py.meta"
    noted.parent.mkdir(parents=True)
    noted.write_text(json.dumps({"exit_code_by_key": {"m": code}}), encoding="utf-8")

    (mutant,) = read(tmp_path)

    assert mutant.is_open is open_


def test_mutant_that_was_not_run_does_not_count_as_killed() -> None:
    assert "| 1 | 0 | 0 | 0 | 0 | 0% |" in table([Mutant("m", "lifecycle/create.py", "not run", "")])


def test_share_of_killed_mutants_is_computed_over_those_that_were_run() -> None:
    file = "flow_service/retry.py"
    mutants = [
        *(Mutant("m", file, "killed", "") for _ in range(5)),
        Mutant("m", file, "timeout", ""),
        Mutant("m", file, "caught by type check", ""),
        living(OLD, '+    raise Refused(f"{name} is there", "XXDelete it first.XX")'),
        living("-    a = 1", "+    a = 2", status="no tests"),
    ]

    rows = table(mutants).splitlines()

    assert rows[2] == "| `flow_service/retry.py` | 7 | 1 | 6 | 0 | 0 | 100% |"
    assert rows[3] == "| `lifecycle/create.py` | 2 | 0 | 0 | 1 | 1 | 0% |"
    assert rows[4] == "| **all** | 9 | 1 | 6 | 1 | 1 | 75% |"
