"""Reading of entities: every command gets each member in the type that Adobe documents, whatever the service sends.

Adobe: flow-service.yaml, the schemas of connections, source connections and flows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from adobe_flow.documents import is_nested_deeper
from adobe_flow.safe_output import write_to_stderr

UNREADABLE: Final = "(unreadable)"
"""Stands in the place of a value that has another type than documented. It is shown, and equal to nothing."""

_TEXTS: Final = ("name", "description", "state", "etag", "createdBy", "updatedBy", "baseConnectionId")
_LISTS: Final = ("sourceConnectionIds", "targetConnectionIds")
_OBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "connectionSpec": ("id", "version"),
    "auth": ("specName",),
    "lastRunDetails": ("state",),
}
"""The objects, and the texts in them."""
_PARAMETERS: Final = "params"
_MAX_PARAMETER_NESTING: Final = 20
_MAX_NOTES: Final = 10


def read_entities(entities: Iterable[Mapping[str, Any]], what: str) -> list[Mapping[str, Any]]:
    """Read entities, and report on standard error which members cannot be read; ``what`` names the kind of entities."""
    results = [read_entity(entity) for entity in entities]
    unreadable = [(entity, names) for entity, names in results if names]
    for entity, names in unreadable[:_MAX_NOTES]:
        write_to_stderr(
            f"note: Flow Service shows a {what} ({entity['id']}) that cannot be read completely: {', '.join(names)}"
        )
    if len(unreadable) > _MAX_NOTES:
        write_to_stderr(f"note: the same holds for {len(unreadable) - _MAX_NOTES} more")
    return [entity for entity, _ in results]


def read_entity(entity: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[str]]:
    """Return a copy of the entity with `UNREADABLE` for each text of a wrong type, and the names of these members.

    An object of another type has `UNREADABLE` as its only content; a list has its texts only. A null is a member that
    is missing; a missing id is unreadable too. Times stay as they are: `adobe_flow.output.format_moment` reads them.
    """
    unreadable: list[str] = []
    copy: dict[str, Any] = {**entity, "id": _read_text_member(entity.get("id") or False, "id", unreadable)}
    for name in _TEXTS:
        if name in copy:
            copy[name] = _read_text_member(copy[name], name, unreadable)
    for name in _LISTS:
        if name in copy:
            copy[name] = _read_text_members(copy[name], name, unreadable)
    for name, texts in _OBJECTS.items():
        if copy.get(name) is not None:
            copy[name] = _read_object_member(copy[name], name, texts, unreadable)
    return copy, unreadable


def is_readable(entity: Mapping[str, Any]) -> bool:
    """Return whether all that a program would declare of a base connection could be read."""
    auth, spec = entity.get("auth") or {}, entity.get("connectionSpec") or {}
    values = [entity.get("id"), entity.get("name"), entity.get("description"), auth.get("specName"), *spec.values()]
    return UNREADABLE not in [*values, *(auth.get(_PARAMETERS) or {}).values()]


def _read_text_member(value: Any, name: str, unreadable: list[str]) -> Any:
    if value is None or isinstance(value, str):
        return value
    unreadable.append(name)
    return UNREADABLE


def _read_text_members(value: Any, name: str, unreadable: list[str]) -> list[Any]:
    items = value if isinstance(value, list) else []
    texts = [item for item in items if isinstance(item, str)]
    if value is not None and texts != value:
        unreadable.append(name)
    return texts


def _read_object_member(value: Any, name: str, texts: Iterable[str], unreadable: list[str]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        unreadable.append(name)
        members: dict[str, Any] = dict.fromkeys(texts, UNREADABLE)
        return {**members, _PARAMETERS: {UNREADABLE: UNREADABLE}} if name == "auth" else members
    members = {**value}
    for text in texts:
        if text in members:
            members[text] = _read_text_member(members[text], f"{name}.{text}", unreadable)
    if name == "auth" and members.get(_PARAMETERS) is not None:
        members[_PARAMETERS] = _read_parameters(members[_PARAMETERS], unreadable)
    return members


def _read_parameters(value: Any, unreadable: list[str]) -> dict[str, Any]:
    """Return the parameters, with `UNREADABLE` in the place of a value that is nested deeper than any source has."""
    if not isinstance(value, Mapping):
        unreadable.append(f"auth.{_PARAMETERS}")
        return {UNREADABLE: UNREADABLE}
    deep = [name for name, member in value.items() if is_nested_deeper(member, _MAX_PARAMETER_NESTING)]
    unreadable += [f"auth.{_PARAMETERS}.{name}" for name in deep]
    return {name: UNREADABLE if name in deep else member for name, member in value.items()}
