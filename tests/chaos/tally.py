"""What a campaign has seen, and the table that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

_COUNTS: Final = ("runs", "signals", "faults", "duplicates", "orphans", "lost_ids", "leaks", "others")


@dataclass
class Tally:
    """Counts of one kind of runs. From `duplicates` on they are what must not be."""

    label: str
    runs: int = 0
    signals: int = 0
    faults: int = 0
    duplicates: int = 0
    orphans: int = 0
    lost_ids: int = 0
    leaks: int = 0
    others: int = 0
    failures: list[str] = field(default_factory=list)
    """What went wrong, with the seed that makes it happen again."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was doubled, orphaned, lost or leaked, and nothing else went wrong."""
        return not self.failures

    def compare(self, case: str, declared: set[str], there: list[dict[str, str]], managed: set[str]) -> None:
        """Hold what is there (name and id of each) against what was declared (names) and what the state holds (ids)."""
        names, ids = [each["name"] for each in there], {each["id"] for each in there}
        self.count("duplicates", len(names) - len(set(names)), case, f"names {sorted(names)}")
        self.compare_ids(case, ids, managed)
        if set(names) != declared:
            self.fail(f"{case}: declared {sorted(declared)}, there {sorted(names)}")

    def search(self, case: str, text: str, secrets: list[str]) -> None:
        """Count every planted secret that stands in a text."""
        self.count("leaks", sum(secret in text for secret in secrets), case, "a planted secret was shown")

    def compare_ids(self, case: str, ids: set[str], managed: set[str]) -> None:
        """Compare the ids of what exists with those that states hold."""
        self.count("orphans", len(ids - managed), case, f"in no state: {sorted(ids - managed)}")
        self.count("lost_ids", len(managed - ids), case, f"in the state alone: {sorted(managed - ids)}")

    def fail(self, text: str) -> None:
        """Count something else that went wrong."""
        self.others += 1
        self.failures.append(text)

    def add(self, other: Tally) -> None:
        """Add the counts of another one of the same kind."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.failures += other.failures

    def count(self, what: str, number: int, case: str, detail: str) -> None:
        """Add to a count of what must not be, and keep the case."""
        if number:
            setattr(self, what, getattr(self, what) + number)
            self.failures.append(f"{case}: {what}: {detail}")


def add_up(tallies: Iterable[Tally]) -> list[Tally]:
    """Return one tally per kind of runs, in the order of their first appearance."""
    sums: dict[str, Tally] = {}
    for tally in tallies:
        sums.setdefault(tally.label, Tally(tally.label)).add(tally)
    return list(sums.values())


def table(tallies: list[Tally]) -> str:
    """One row per kind of runs."""
    lines = [
        "| what | runs | signals | faults | unreported duplicates | orphans | lost ids | leaks | other failures |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for each in tallies:
        counts = (getattr(each, name) for name in _COUNTS)
        lines.append(f"| {each.label} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines) + "\n"
