"""The finding of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OK: Final = "ok"
WRONG: Final = "wrong"
UNCHECKED: Final = "unchecked"


@dataclass(frozen=True)
class Finding:
    """The result line of a check, and the remedy if the check found a problem."""

    check: str
    status: str
    text: str
    todo: str = ""


class CheckSkipped(Exception):
    """The check was skipped, which is no fault. The message is the reason, as it follows "because"."""


class NotApplicable(Exception):
    """The check is not about a connection to this source; it has no line."""
