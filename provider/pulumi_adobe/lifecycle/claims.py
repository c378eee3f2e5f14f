"""Claims: which entities the resources of this process hold, so that none is deleted or adopted for another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from pulumi_adobe.lifecycle.errors import DuplicateDeclaration


class Claims:
    """The claims of one process.

    ``name`` is always the declared name in Flow Service; ``owner`` is the resource, as project/stack/resource.
    """

    def __init__(self) -> None:
        self._claimed_names: dict[str, str] = {}
        self._checked_inputs: set[str] = set()
        self._reserved_names: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def record_check(self, inputs: Mapping[str, Any]) -> None:
        """Record the inputs that a check returned: only the inputs of a program that runs are checked."""
        with self._lock:
            self._checked_inputs.add(_fingerprint(inputs))

    def record_diff(self, id_: str, inputs: Mapping[str, Any]) -> None:
        """Record that a diff compared an entity with these inputs, and that it is not to be replaced.

        The engine also calls diff inside a refresh, with inputs of the state that nobody checked. That must claim
        nothing, or `destroy --refresh` could delete nothing.
        """
        with self._lock:
            if _fingerprint(inputs) in self._checked_inputs:
                self._claimed_names[id_] = str(inputs.get("name"))

    def claim(self, id_: str, name: object) -> None:
        """Record that a resource of this process has created, adopted or updated the entity."""
        with self._lock:
            self._claimed_names[id_] = str(name)

    def claim_first(self, id_: str, owner: str) -> str:
        """Return the resource that was the first of this process to claim the entity so; it may be this one."""
        with self._lock:
            return self._claimed_names.setdefault(id_, owner)

    def release(self, id_: str) -> None:
        """Record that the entity is gone."""
        with self._lock:
            self._claimed_names.pop(id_, None)

    def is_claimed(self, id_: str) -> bool:
        """Return whether a resource of this process holds the entity."""
        return id_ in self._claimed_names

    def get_claimed_name(self, id_: str) -> str | None:
        """Return the name that the entity's holder declares; None if nobody holds it."""
        return self._claimed_names.get(id_)

    @contextmanager
    def reserve_name(self, scope: str, name: str, owner: str) -> Iterator[None]:
        """Prevent other resources from creating an entity of this scope and name while the context lasts.

        Raises:
            DuplicateDeclaration: Another resource has reserved the name.
        """
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
    """Return the error for two resources of one program that declare the same name and spec."""
    return DuplicateDeclaration(
        f'{other_owner} and {owner} both declare the name "{name}". The second was not created.',
        "Give each its own name, or declare only one of them.",
    )


def _fingerprint(inputs: Mapping[str, Any]) -> str:
    # Unknown values have no JSON; their repr is the same for all of them, as it must be here.
    text = json.dumps(inputs, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()
