"""What became of each mutant, as mutmut has noted it, and the table of it."""

from __future__ import annotations

import ast
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

from tests.mutation.workspace import MUTATED, PACKAGE

_REFUSED: Final = "caught by type check"
_KILLED: Final = ("killed", "timeout", "segfault", "suspicious")
_NOT_RUN: Final = 255
"""What mutmut notes, and calls a time-out, where pytest did not come to run the tests."""
_LITERAL: Final = re.compile(r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'")


@dataclass(frozen=True)
class Mutant:
    """One change of one line."""

    name: str
    file: str
    """Its file, as `lifecycle/create.py`."""
    status: str
    """mutmut's word, but for what was not run."""
    change: str
    """Its diff; of those alone that live."""

    @property
    def lives(self) -> bool:
        """Whether neither a test nor mypy has noticed."""
        return self.status in {"survived", "no tests"}

    @property
    def is_open(self) -> bool:
        """Whether nobody knows: its tests were not run."""
        return not self.lives and self.status not in {*_KILLED, _REFUSED}

    @property
    def is_wording(self) -> bool:
        """Whether only words for people differ: a literal with a space in it."""
        changed = [line[1:].strip() for line in self.change.splitlines() if re.match(r"[-+](?![-+])", line)]
        if len(changed) != 2:
            return False
        old, new = (_LITERAL.split(line) for line in changed)
        literals = [_LITERAL.findall(line) for line in changed]
        differ = [was for was, now in zip(*literals, strict=False) if was != now]
        return old == new and all(" " in str(ast.literal_eval(each)) for each in differ)


def read(folder: Path) -> list[Mutant]:
    """Every mutant of a folder in which mutmut has run; none before."""
    found: list[Mutant] = []
    with _working_in(folder):
        for part in MUTATED:
            for noted in sorted(Path("mutants", PACKAGE, part).glob("*.py.meta")):
                found += _of_file(f"{part}/{noted.name.removesuffix('.meta')}", noted)
    return found


def _of_file(file: str, noted: Path) -> Iterator[Mutant]:
    for name, code in json.loads(noted.read_text(encoding="utf-8"))["exit_code_by_key"].items():
        status = "not run" if code == _NOT_RUN else status_by_exit_code[code]
        change = str(get_diff_for_mutant(name, path=Path(PACKAGE, file))) if status in {"survived", "no tests"} else ""
        yield Mutant(name, file, status, change)


@contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    """mutmut finds its files from where it is run."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def table(mutants: list[Mutant]) -> str:
    """One row per file, and one for all of them."""
    lines = [
        "| file | mutants | refused by mypy | killed by a test | alive: words for people | alive: others | killed |",
        "|---|---|---|---|---|---|---|",
    ]
    files = sorted({each.file for each in mutants})
    lines += [_row(f"`{file}`", [each for each in mutants if each.file == file]) for file in files]
    return "\n".join([*lines, _row("**all**", mutants), ""])


def _row(name: str, mutants: list[Mutant]) -> str:
    count = Counter(_column(each) for each in mutants)
    ran = len(mutants) - count["mypy"]
    share = f"{count['killed'] / ran:.0%}" if ran else ""
    cells = (name, len(mutants), count["mypy"], count["killed"], count["words"], count["others"], share)
    return f"| {' | '.join(map(str, cells))} |"


def _column(mutant: Mutant) -> str:
    if mutant.lives:
        return "words" if mutant.is_wording else "others"
    if mutant.status == _REFUSED:
        return "mypy"
    return "killed" if mutant.status in _KILLED else mutant.status
