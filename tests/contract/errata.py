"""The errata of Adobe's OpenAPI: what it says otherwise than another document of Adobe's, or than itself."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from tests.contract.judge import Complaint

FILE: Final = Path(__file__).with_name("errata.json")


@dataclass(frozen=True)
class Erratum:
    """One disagreement.

    Attributes:
        name: Its name in the report.
        operations: Patterns of `Complaint.operation`.
        complaints: Patterns of `Complaint.about`.
        openapi: What the OpenAPI says.
        document: The document that contradicts it, or its own part.
        stance: What the contradicting document says, which is what the provider and the emulator do.
    """

    name: str
    operations: tuple[str, ...]
    complaints: tuple[str, ...]
    openapi: str
    document: str
    stance: str

    def covers(self, complaint: Complaint) -> bool:
        """Whether the complaint is this disagreement."""
        return _matches(complaint.operation, self.operations) and _matches(complaint.about, self.complaints)


class Errata:
    """All of them, with a count of how often each was needed."""

    def __init__(self, file: Path = FILE) -> None:
        """Read the data file."""
        entries = json.loads(file.read_text(encoding="utf-8"))
        self.all = [
            Erratum(**{**entry, "operations": tuple(entry["operations"]), "complaints": tuple(entry["complaints"])})
            for entry in entries
        ]
        self.used: Counter[str] = Counter()

    def excuse(self, complaints: list[Complaint]) -> list[Complaint]:
        """Return the complaints that no erratum covers, and count those that one does."""
        left = []
        for complaint in complaints:
            erratum = next((each for each in self.all if each.covers(complaint)), None)
            if erratum is None:
                left.append(complaint)
            else:
                self.used[erratum.name] += 1
        return left


def _matches(text: str, patterns: tuple[str, ...]) -> bool:
    # Brackets of a pattern are characters here, as an operation has none.
    return any(fnmatchcase(text, pattern) for pattern in patterns)
