"""What an adapter calls for one kind of resource: the life cycle of Flow Service's entities, or one of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from pulumi_adobe.schema.values import Properties

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.create import CreatedResource
    from pulumi_adobe.lifecycle.diff import ResourceDiff
    from pulumi_adobe.lifecycle.read import ReadState


class ResourceLifecycle(Protocol):
    """The life cycle of one resource type in one sandbox: a method for each call of the engine.

    ``prior_outputs`` and ``prior_inputs`` are what the state holds, empty for a new resource; ``inputs`` are those of
    the program. Every method may raise an `AdobeError`.
    """

    def validate(self, prior_inputs: Mapping[str, Any], inputs: Mapping[str, Any], /) -> Iterable[str]:
        """Return what is wrong with the inputs, beyond each field by itself."""

    def check(self, prior_inputs: Mapping[str, Any], inputs: Mapping[str, Any], /) -> None:
        """Record inputs that have no problems."""

    def is_replacement(self, inputs: Mapping[str, Any], /) -> bool:
        """Return whether the resource exists, so that its check without prior inputs is that of a replacement."""

    def diff(self, id_: str, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any], /) -> ResourceDiff:
        """Return what an update would do."""

    def create(self, inputs: Mapping[str, Any], /) -> CreatedResource:
        """Create the resource."""

    def read(self, id_: str, prior_outputs: Mapping[str, Any], /) -> ReadState | None:
        """Return the resource as it is now; None if it is gone."""

    def import_existing(self, id_: str, owner: str, /) -> ReadState:
        """Return the resource with this id as an import stores it. Raises `CannotAdopt` if there is none."""

    def update(self, id_: str, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any], /) -> Properties:
        """Update the resource in place, and return its outputs."""

    def delete(self, id_: str, prior_outputs: Mapping[str, Any], owner: str = "", /) -> None:
        """Delete the resource; ``owner`` is the resource in the stack that deletes it, as project/stack/resource."""
