"""The finding of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OK: Final = "ok"
WRONG: Final = "wrong"
UNCHECKED: Final = "unchecked"


@dataclass(frozen=True)
class Finding:
    """One line for people: the result of a check, and what to do if something is wrong."""

    check: str
    status: str
    text: str
    todo: str = ""


class CheckSkipped(Exception):
    """There is nothing to check, which is no fault. The message is the reason, as it follows "because"."""


class NotApplicable(Exception):
    """The check is not about a connection to this source; it has no line."""
