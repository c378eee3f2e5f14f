"""What differs between the kinds of entities that are kept in the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.store import Document

Check = Callable[["Emulator", "Document"], None]
Show = Callable[["Emulator", "Document"], dict[str, Any]]


def nothing(_emulator: Emulator, _document: Document) -> None:
    """No rule."""


@dataclass(frozen=True)
class Kind:
    """``written`` are the members that clients write, ``paths`` those that a PATCH may name.

    ``check`` holds for a new and for a changed one, ``check_new`` for a new one, ``check_change`` for what becomes of
    one, ``check_free`` before a deletion; ``actions`` are the states that the actions lead to. ``added`` are
    the members that the service itself adds, beside those of every entity; ``searchable`` kinds have
    `POST /<kind>/search`.
    """

    name: str
    written: tuple[str, ...]
    paths: re.Pattern[str]
    check: Check
    check_new: Check
    check_free: Check
    show: Show
    check_change: Callable[[Emulator, Document, Mapping[str, Any]], None] = lambda _emulator, _old, _new: None
    actions: Mapping[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ("inheritedAttributes", "providerRefId")
    searchable: bool = False
