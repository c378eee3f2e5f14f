"""The options of the provider: the behaviour that the settings choose."""

from __future__ import annotations

from typing import Final, NamedTuple

ALL: Final = "all"
"""Stands for the ids of all imported connections."""

ON_EXISTING_CHOICES: Final = ("fail", "duplicate")
OWNERSHIP_CHOICES: Final = ("none", "description")
TEST_CHOICES: Final = ("auto", "fail", "warn", "off")
REFRESH_FROM_CHOICES: Final = ("id", "list")
LOG_CHOICES: Final = ("off", "debug")
PREVIEW_CHECKS_CHOICES: Final = ("error", "warn", "off")


class Options(NamedTuple):
    """The behaviour of the provider.

    Attributes:
        on_existing: What a create does if a connection with its name and spec exists: one of `ON_EXISTING_CHOICES`.
        adopt: The ids of the connections that this run may adopt.
        ownership: Whether descriptions name the owning stack: one of `OWNERSHIP_CHOICES`.
        disown: The stacks, as project/stack, whose entities this run may delete.
        test: How to treat a failed connection test: one of `TEST_CHOICES`.
        refresh_from: What a refresh reads: one of `REFRESH_FROM_CHOICES`.
        send_secrets: The ids of the imported connections whose declared secrets this run sends, or `ALL`.
        renew_landing_zone: The ids of the landing zone credentials whose renewal this run notes in the state.
        preview_checks: How to treat the outcome of a check against the service before a write: one of
            `PREVIEW_CHECKS_CHOICES`; empty makes certain problems errors, and uncertain ones warnings.
    """

    on_existing: str = "fail"
    adopt: tuple[str, ...] = ()
    ownership: str = "none"
    disown: tuple[str, ...] = ()
    test: str = "auto"
    refresh_from: str = "id"
    send_secrets: tuple[str, ...] = ()
    renew_landing_zone: tuple[str, ...] = ()
    preview_checks: str = ""

    @property
    def writes_ownership_line(self) -> bool:
        """Whether the last line of a description names the owning stack."""
        return self.ownership == "description"

    def sends_secrets_of(self, id_: str) -> bool:
        """Return whether this run sends the declared secrets of an imported connection."""
        return bool({id_, ALL} & set(self.send_secrets))
