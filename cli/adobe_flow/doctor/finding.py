"""What a check comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OK: Final = "ok"
WRONG: Final = "wrong"
UNCHECKED: Final = "unchecked"


@dataclass(frozen=True)
class Finding:
    """One line for people: what was found, and, where it is wrong, what to do."""

    check: str
    status: str
    text: str
    todo: str = ""


class NotChecked(Exception):
    """There is nothing to check, which is no fault: the reason goes on after "because"."""


class NotApplicable(Exception):
    """The check is not about a connection to this source: it has no line."""
