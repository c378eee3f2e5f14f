"""How careful to be: the behaviour that the settings choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ON_EXISTING: Final = ("fail", "duplicate")
OWNERSHIP: Final = ("none", "description")
TEST: Final = ("auto", "fail", "warn", "off")
REFRESH_FROM: Final = ("id", "list")


@dataclass(frozen=True)
class Policy:
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
    def marks(self) -> bool:
        """Whether the last line of a description says whose it is."""
        return self.ownership == "description"
