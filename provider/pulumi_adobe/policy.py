"""How careful to be: the behaviour that the settings choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ON_EXISTING_CHOICES: Final = ("fail", "duplicate")
OWNERSHIP_CHOICES: Final = ("none", "description")
TEST_CHOICES: Final = ("auto", "fail", "warn", "off")
REFRESH_FROM_CHOICES: Final = ("id", "list")


@dataclass(frozen=True)
class Options:
    """``adopt`` are the ids that this run may take over; the others are one of the words above.

    ``send_secrets`` are the ids of adopted connections whose declared secrets this run sends.
    """

    on_existing: str = "fail"
    adopt: tuple[str, ...] = ()
    ownership: str = "none"
    test: str = "auto"
    refresh_from: str = "id"
    send_secrets: tuple[str, ...] = ()

    @property
    def writes_ownership_line(self) -> bool:
        """Whether the last line of a description says whose it is."""
        return self.ownership == "description"
