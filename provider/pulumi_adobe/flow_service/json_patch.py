"""The JSON Patch (RFC 6902) that turns one body into another, in the form that Flow Service takes.

Adobe: sources/tutorials/api/update.md; "overwrites all previous params" of /auth/params is from destinations.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypedDict


class PatchOperation(TypedDict, total=False):
    """One operation of a patch.

    A ``remove`` carries an empty ``value``: Adobe's schema requires one in every operation (destinations.yaml), and
    RFC 6902 ignores it. Not the old one, which may be null, or a secret that has no business on the way again.
    """

    op: str
    path: str
    value: Any


def create_json_patch(old: Mapping[str, Any], new: Mapping[str, Any], atomic_pointers: Collection[str] = ()) -> list[PatchOperation]:
    """The operations that turn ``old`` into ``new``; empty where nothing differs.

    ``whole`` are the JSON pointers whose objects the service replaces as a whole: any difference below one of
    them becomes a single operation that carries all of the new object.
    A list is compared place by place where one of them is in it.
    """
    return list(_diff_objects(old, new, "", atomic_pointers))


def _diff_objects(old: Mapping[str, Any], new: Mapping[str, Any], parent: str, atomic_pointers: Collection[str]) -> Iterator[PatchOperation]:
    for key in old:
        if key not in new:
            yield {"op": "remove", "path": _join_pointer(parent, key), "value": ""}
    for key, value in new.items():
        path = _join_pointer(parent, key)
        if key not in old:
            yield {"op": "add", "path": path, "value": value}
        else:
            yield from _diff_values(old[key], value, path, atomic_pointers)


def _diff_values(old: Any, new: Any, path: str, atomic_pointers: Collection[str]) -> Iterator[PatchOperation]:
    if isinstance(old, Mapping) and isinstance(new, Mapping) and path not in atomic_pointers:
        yield from _diff_objects(old, new, path, atomic_pointers)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new) and _compares_by_index(path, atomic_pointers):
        for place, pair in enumerate(zip(old, new, strict=True)):
            yield from _diff_values(*pair, f"{path}/{place}", atomic_pointers)
    elif not _are_equal(old, new):
        yield {"op": "replace", "path": path, "value": new}


def _compares_by_index(path: str, atomic_pointers: Collection[str]) -> bool:
    return any(pointer.startswith(f"{path}/") for pointer in atomic_pointers)


def _are_equal(old: Any, new: Any) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_are_equal(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_are_equal(*pair) for pair in zip(old, new, strict=True))
    # JSON tells true from 1, Python does not.
    return bool(old == new) and isinstance(old, bool) == isinstance(new, bool)


def _join_pointer(parent: str, key: str) -> str:
    return f"{parent}/{key.replace('~', '~0').replace('/', '~1')}"
