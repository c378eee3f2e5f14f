"""What a campaign has seen, and the table that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """Counts of one kind of runs. The last four are what must not be."""

    label: str
    runs: int = 0
    kills: int = 0
    faults: int = 0
    duplicates: int = 0
    orphans: int = 0
    lost_ids: int = 0
    leaks: int = 0
    failures: list[str] = field(default_factory=list)
    """What went wrong, with the seed that makes it happen again."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was doubled, orphaned, lost or leaked."""
        return not (self.duplicates or self.orphans or self.lost_ids or self.leaks or self.failures)

    def compare(self, case: str, declared: set[str], there: list[dict[str, str]], managed: set[str]) -> None:
        """Hold what is there (name and id of each) against what was declared (names) and what the state holds (ids)."""
        names, ids = [each["name"] for each in there], {each["id"] for each in there}
        self._count("duplicates", len(names) - len(set(names)), case, f"names {sorted(names)}")
        self._count("orphans", len(ids - managed), case, f"in no state: {sorted(ids - managed)}")
        self._count("lost_ids", len(managed - ids), case, f"in the state alone: {sorted(managed - ids)}")
        if set(names) != declared:
            self.failures.append(f"{case}: declared {sorted(declared)}, there {sorted(names)}")

    def search(self, case: str, text: str, secrets: list[str]) -> None:
        """Count every planted secret that stands in a text."""
        self._count("leaks", sum(secret in text for secret in secrets), case, "a planted secret was shown")

    def _count(self, what: str, number: int, case: str, detail: str) -> None:
        if number:
            setattr(self, what, getattr(self, what) + number)
            self.failures.append(f"{case}: {what}: {detail}")


def table(tallies: list[Tally]) -> str:
    """One row per kind of runs."""
    lines = [
        "| what | runs | kills | faults | duplicates | orphans | lost ids | leaks |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in tallies:
        seen = (each.runs, each.kills, each.faults, each.duplicates, each.orphans, each.lost_ids, each.leaks)
        lines.append(f"| {each.label} | {' | '.join(map(str, seen))} |")
    return "\n".join(lines) + "\n"
