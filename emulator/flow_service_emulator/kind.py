"""A kind of entities: the rules in which connections, dataflows and the others differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity

Check = Callable[["Emulator", "Entity"], None]
Show = Callable[["Emulator", "Entity"], dict[str, Any]]


def accept_any(_emulator: Emulator, _entity: Entity) -> None:
    """Accept every entity: the check of a kind that has no rule."""


def remove_nulls(value: Any) -> Any:
    """Return a value without the members that are null, at any depth: no response of Adobe's shows a null."""
    if isinstance(value, dict):
        return {name: remove_nulls(member) for name, member in value.items() if member is not None}
    return [remove_nulls(item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class KindRules:
    """The rules of one kind. A check raises `FlowServiceError`; it is a function of the emulator and the entity.

    Attributes:
        name: The name in the path: `flows`.
        written: The members that clients write.
        paths: The paths that a PATCH may name.
        show: Return what GET shows.
        check: Check a new or a changed entity, before its secrets are sealed.
        check_create: Check the body of a POST, before ``check``.
        check_enable: Check an entity that is created or published, but no draft.
        check_change: Check what a PATCH makes of an entity, whose new members are the third argument.
        check_delete: Check an entity before its deletion.
        complete: Add what the service itself adds to a new entity.
        seal: Seal the secrets of a new or a changed entity.
        remove_nulls: Remove the null members of a body.
        actions: The states that the actions lead to.
        added: The members that the service adds, beside those of every entity; a filter may name them.
        is_initialized: Whether a new entity begins in the state `initializing`.
        is_searchable: Whether there is `POST /<kind>/search`.
        has_labels: Whether access labels protect the entities.
        ignores_state: Whether a `state` in the body of a POST is ignored; else it is refused.
    """

    name: str
    written: tuple[str, ...]
    paths: re.Pattern[str]
    show: Show
    check: Check
    check_create: Check = accept_any
    check_enable: Check = accept_any
    check_change: Callable[[Emulator, Entity, Mapping[str, Any]], None] = lambda _emulator, _old, _new: None
    check_delete: Check = accept_any
    complete: Check = accept_any
    seal: Check = accept_any
    remove_nulls: Callable[[dict[str, Any]], dict[str, Any]] = remove_nulls
    actions: Mapping[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ("inheritedAttributes", "providerRefId")
    is_initialized: bool = False
    is_searchable: bool = False
    has_labels: bool = False
    ignores_state: bool = False
