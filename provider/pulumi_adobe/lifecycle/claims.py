"""Which connections the resources of this process hold, so that none is deleted or adopted from under another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from pulumi_adobe.lifecycle.errors import DeclaredTwice


class Claims:
    """What is held by whom. ``name`` is the declared name, ``owner`` the resource, as project/stack/resource."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._checked: set[str] = set()
        self._made_before: set[str] = set()
        self._replaced: set[str] = set()
        self._making: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def checked(self, inputs: Mapping[str, Any], *, exists: bool) -> None:
        """Remember inputs that a check has returned: only a program that runs has its inputs checked."""
        with self._lock:
            self._checked.add(_fingerprint(inputs))
            if exists:
                self._made_before.add(str(inputs.get("owner")))

    def is_remade(self, owner: str) -> bool:
        """Whether this resource exists, so that a check of it without old inputs is that of a replacement."""
        return owner in self._made_before

    def compared(self, id_: str, inputs: Mapping[str, Any], *, replaces: bool) -> None:
        """A diff has seen these inputs for it.

        The engine also calls diff inside a refresh, with inputs of the state that nobody checked: that claims nothing,
        or `destroy --refresh` could delete nothing.
        """
        with self._lock:
            if replaces:
                self._replaced.add(id_)
            elif _fingerprint(inputs) in self._checked:
                self._names[id_] = str(inputs.get("name"))

    def claim(self, id_: str, name: object) -> None:
        """A resource of this process has made, adopted or updated it."""
        with self._lock:
            self._names[id_] = str(name)

    def release(self, id_: str) -> None:
        """It is gone."""
        with self._lock:
            self._names.pop(id_, None)

    def holds(self, id_: str) -> bool:
        """Whether a resource of this process holds it."""
        return id_ in self._names

    def name(self, id_: str) -> str | None:
        """The name that its holder declares; None where nobody holds it."""
        return self._names.get(id_)

    def is_replaced(self, id_: str) -> bool:
        """Whether this run is about to delete it, to make another in its place."""
        return id_ in self._replaced

    @contextmanager
    def making(self, scope: str, name: str, owner: str) -> Iterator[None]:
        """While this lasts no other resource may make one of this scope and name."""
        with self._lock:
            other = self._making.get((scope, name))
            if other is not None:
                raise declared_twice(name, owner, other)
            self._making[scope, name] = owner
        try:
            yield
        finally:
            with self._lock:
                del self._making[scope, name]


def declared_twice(name: str, owner: str, other: str) -> DeclaredTwice:
    """The error for two resources of one program that declare one name and spec."""
    return DeclaredTwice(
        f'{other} and {owner} both declare the name "{name}". Nothing was made for the second.',
        "Give each its own name, or declare one of them only.",
    )


def _fingerprint(inputs: Mapping[str, Any]) -> str:
    # Unknown values have no JSON; their repr is the same for all of them, which is what is wanted.
    text = json.dumps(inputs, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()
