"""Creation of the JSON Patch (RFC 6902) that turns one body into another, in the form that Flow Service takes.

Adobe: sources/tutorials/api/update.md; "overwrites all previous params" of /auth/params is from destinations.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypedDict

from pulumi_adobe.json_values import get_member


class PatchOperation(TypedDict, total=False):
    """One operation of a JSON Patch.

    A ``remove`` carries an empty ``value``: Adobe's schema requires a value in every operation (destinations.yaml), and
    RFC 6902 ignores it. It is not the old value, which may be null, or a secret that must not be sent again.
    """

    op: str
    path: str
    value: Any


def create_json_patch(
    old: Mapping[str, Any], new: Mapping[str, Any], atomic_pointers: Collection[str] = ()
) -> list[PatchOperation]:
    """Return the operations that turn ``old`` into ``new``; an empty list where they are equal.

    Args:
        old: The current body.
        new: The desired body.
        atomic_pointers: JSON pointers of objects that the service replaces as a whole. Any difference inside one
            becomes a single operation with the whole new object. A list that contains one is compared by index, and an
            object that contains one is never written as a whole.
    """
    return list(_diff_objects(old, new, "", atomic_pointers))


def names_items(patch_operations: Sequence[PatchOperation], named_lists: Collection[str]) -> bool:
    """Return whether an operation is about one item of a list whose items have names."""
    return any(operation["path"].rpartition("/")[0] in named_lists for operation in patch_operations)


def locate_named_items(
    patch_operations: Sequence[PatchOperation], entity: Mapping[str, Any], named_lists: Collection[str]
) -> list[PatchOperation]:
    """Return the operations with the indexes that the named items have in the entity; a missing item is added.

    Adobe: a dataflow is shown with its transformation Copy first, and the sample of a PATCH replaces that at index 0 by
    a Mapping (update-dataflows.md), so that an index says nothing.
    """
    return [_locate_item(operation, entity, named_lists) for operation in patch_operations]


def _locate_item(operation: PatchOperation, entity: Mapping[str, Any], named_lists: Collection[str]) -> PatchOperation:
    pointer = operation["path"].rpartition("/")[0]
    name = get_member(operation.get("value"), "name")
    if pointer not in named_lists or name is None:
        return operation
    items = get_member(entity, *pointer.removeprefix("/").split("/"))
    names = [get_member(item, "name") for item in items] if isinstance(items, list) else []
    if name not in names:
        return {**operation, "op": "add", "path": f"{pointer}/-"}
    return {**operation, "path": f"{pointer}/{names.index(name)}"}


def _diff_objects(
    old: Mapping[str, Any], new: Mapping[str, Any], parent: str, atomic_pointers: Collection[str]
) -> Iterator[PatchOperation]:
    for key in old:
        if key not in new:
            yield {"op": "remove", "path": _join_pointer(parent, key), "value": ""}
    for key, value in new.items():
        path = _join_pointer(parent, key)
        if key not in old and isinstance(value, Mapping) and _contains_atomic_pointer(path, atomic_pointers):
            # Of `auth`, Flow Service takes `/auth/params` only.
            yield from _diff_objects({}, value, path, atomic_pointers)
        elif key not in old:
            yield {"op": "add", "path": path, "value": value}
        else:
            yield from _diff_values(old[key], value, path, atomic_pointers)


def _diff_values(old: Any, new: Any, path: str, atomic_pointers: Collection[str]) -> Iterator[PatchOperation]:
    if isinstance(old, Mapping) and isinstance(new, Mapping) and path not in atomic_pointers:
        yield from _diff_objects(old, new, path, atomic_pointers)
    elif (
        isinstance(old, list)
        and isinstance(new, list)
        and len(old) == len(new)
        and _contains_atomic_pointer(path, atomic_pointers)
    ):
        for index, (old_item, new_item) in enumerate(zip(old, new, strict=True)):
            yield from _diff_values(old_item, new_item, f"{path}/{index}", atomic_pointers)
    elif not _are_equal(old, new):
        yield {"op": "replace", "path": path, "value": new}


def _contains_atomic_pointer(path: str, atomic_pointers: Collection[str]) -> bool:
    return any(pointer.startswith(f"{path}/") for pointer in atomic_pointers)


def _are_equal(old: Any, new: Any) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_are_equal(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_are_equal(*pair) for pair in zip(old, new, strict=True))
    # In JSON, true and 1 differ; in Python, they are equal.
    return bool(old == new) and isinstance(old, bool) == isinstance(new, bool)


def _join_pointer(parent: str, key: str) -> str:
    return f"{parent}/{key.replace('~', '~0').replace('/', '~1')}"
