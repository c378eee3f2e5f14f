"""Which connections the resources of this process hold, so that none is deleted or adopted from under another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from pulumi_adobe.lifecycle.errors import DuplicateDeclaration


class Claims:
    """What is held by whom. ``name`` is the declared name, ``owner`` the resource, as project/stack/resource."""

    def __init__(self) -> None:
        self._claimed_names: dict[str, str] = {}
        self._checked_inputs: set[str] = set()
        self._existing_owners: set[str] = set()
        self._replaced_ids: set[str] = set()
        self._reserved_names: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def record_check(self, inputs: Mapping[str, Any], *, exists: bool) -> None:
        """Remember inputs that a check has returned: only a program that runs has its inputs checked."""
        with self._lock:
            self._checked_inputs.add(_fingerprint(inputs))
            if exists:
                self._existing_owners.add(str(inputs.get("owner")))

    def is_replacement(self, owner: str) -> bool:
        """Whether this resource exists, so that a check of it without old inputs is that of a replacement."""
        return owner in self._existing_owners

    def record_diff(self, id_: str, inputs: Mapping[str, Any], *, replaces: bool) -> None:
        """A diff has seen these inputs for it.

        The engine also calls diff inside a refresh, with inputs of the state that nobody checked: that claims nothing,
        or `destroy --refresh` could delete nothing.
        """
        with self._lock:
            if replaces:
                self._replaced_ids.add(id_)
            elif _fingerprint(inputs) in self._checked_inputs:
                self._claimed_names[id_] = str(inputs.get("name"))

    def claim(self, id_: str, name: object) -> None:
        """A resource of this process has made, adopted or updated it."""
        with self._lock:
            self._claimed_names[id_] = str(name)

    def release(self, id_: str) -> None:
        """It is gone."""
        with self._lock:
            self._claimed_names.pop(id_, None)

    def is_claimed(self, id_: str) -> bool:
        """Whether a resource of this process holds it."""
        return id_ in self._claimed_names

    def get_claimed_name(self, id_: str) -> str | None:
        """The name that its holder declares; None where nobody holds it."""
        return self._claimed_names.get(id_)

    def is_being_replaced(self, id_: str) -> bool:
        """Whether this run is about to delete it, to make another in its place."""
        return id_ in self._replaced_ids

    @contextmanager
    def reserve_name(self, scope: str, name: str, owner: str) -> Iterator[None]:
        """While this lasts no other resource may make one of this scope and name."""
        with self._lock:
            other_owner = self._reserved_names.get((scope, name))
            if other_owner is not None:
                raise build_duplicate_declaration_error(name, owner, other_owner)
            self._reserved_names[scope, name] = owner
        try:
            yield
        finally:
            with self._lock:
                del self._reserved_names[scope, name]


def build_duplicate_declaration_error(name: str, owner: str, other_owner: str) -> DuplicateDeclaration:
    """The error for two resources of one program that declare one name and spec."""
    return DuplicateDeclaration(
        f'{other_owner} and {owner} both declare the name "{name}". Nothing was made for the second.',
        "Give each its own name, or declare one of them only.",
    )


def _fingerprint(inputs: Mapping[str, Any]) -> str:
    # Unknown values have no JSON; their repr is the same for all of them, which is what is wanted.
    text = json.dumps(inputs, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()
