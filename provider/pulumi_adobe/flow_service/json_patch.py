"""The JSON Patch (RFC 6902) that turns one body into another, in the form that Flow Service takes.

Adobe: sources/tutorials/api/update.md; "overwrites all previous params" of /auth/params is from destinations.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypedDict


class Operation(TypedDict, total=False):
    """One operation of a patch.

    A ``remove`` carries an empty ``value``: Adobe's schema requires one in every operation (destinations.yaml), and
    RFC 6902 ignores it. Not the old one, which may be null, or a secret that has no business on the way again.
    """

    op: str
    path: str
    value: Any


def json_patch(old: Mapping[str, Any], new: Mapping[str, Any], whole: Collection[str] = ()) -> list[Operation]:
    """The operations that turn ``old`` into ``new``; empty where nothing differs.

    ``whole`` are the JSON pointers whose objects the service replaces as a whole: any difference below one of
    them becomes a single operation that carries all of the new object.
    A list is compared place by place where one of them is in it.
    """
    return list(_object(old, new, "", whole))


def _object(old: Mapping[str, Any], new: Mapping[str, Any], at: str, whole: Collection[str]) -> Iterator[Operation]:
    for key in old:
        if key not in new:
            yield {"op": "remove", "path": _pointer(at, key), "value": ""}
    for key, value in new.items():
        path = _pointer(at, key)
        if key not in old:
            yield {"op": "add", "path": path, "value": value}
        else:
            yield from _value(old[key], value, path, whole)


def _value(old: Any, new: Any, path: str, whole: Collection[str]) -> Iterator[Operation]:
    if isinstance(old, Mapping) and isinstance(new, Mapping) and path not in whole:
        yield from _object(old, new, path, whole)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new) and _by_place(path, whole):
        for place, pair in enumerate(zip(old, new, strict=True)):
            yield from _value(*pair, f"{path}/{place}", whole)
    elif not _same(old, new):
        yield {"op": "replace", "path": path, "value": new}


def _by_place(path: str, whole: Collection[str]) -> bool:
    return any(pointer.startswith(f"{path}/") for pointer in whole)


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_same(*pair) for pair in zip(old, new, strict=True))
    # JSON tells true from 1, Python does not.
    return bool(old == new) and isinstance(old, bool) == isinstance(new, bool)


def _pointer(at: str, key: str) -> str:
    return f"{at}/{key.replace('~', '~0').replace('/', '~1')}"
