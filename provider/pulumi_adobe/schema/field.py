"""One property of a resource, described as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Field(NamedTuple):
    """One property of a resource.

    Attributes:
        name: The property's name in the state: Adobe's, in camelCase.
        path: The property's place in the body; empty for a property that only this provider reads.
        argument: What a Python program calls the property.
        declared_as: How a program declares it, if not by an argument of that name: `schedule.start`.
        required: Whether the program must give a value.
        secret: Whether the value is encrypted in the state, and never shown or compared with the service's.
        presumed_secret: Whether the value counts as a secret only because nobody has described it.
        replace_on_changes: Whether a change replaces the resource.
        type: The Python type, or types, of a present value.
        validate: Returns what is wrong with a present value of the right type, or None. Must not quote a secret.
        normalize: Returns a value in its one spelling.
        ignore_changes: Whether a change of the value is no change of the resource.
        computed: Whether the provider finds the value out where the program gives none, and keeps it afterwards.
        encode: Converts a value of the state into that of the body.
        decode: Converts a value of the body into that of the state.
        patched_after_create: Whether a create cannot send the value, so that a PATCH right after it does.
        allows_blanks: Whether a text of blanks is a value, such as a tab that separates columns.
        reported: Whether Flow Service decides the value: it is read from the entity, and never sent.
        derived: Whether the provider alone decides the value, so that a program cannot give it.
        default: Returns the value for a program that gives none, or None. It takes the other properties, the owner
            among them, as a state has them.
        false_is_absent: Whether False means the same as no value, after the default had its chance.
    """

    name: str
    path: tuple[str, ...] = ()
    argument: str = ""
    declared_as: str = ""
    required: bool = False
    secret: bool = False
    presumed_secret: bool = False
    replace_on_changes: bool = False
    type: type | tuple[type, ...] = str
    validate: Callable[[Any], str | None] | None = None
    normalize: Callable[[Any], Any] | None = None
    ignore_changes: bool = False
    computed: bool = False
    encode: Callable[[Any], Any] | None = None
    decode: Callable[[Any], Any] | None = None
    patched_after_create: bool = False
    allows_blanks: bool = False
    reported: bool = False
    derived: bool = False
    default: Callable[[Mapping[str, Any]], Any] | None = None
    false_is_absent: bool = False

    @property
    def label(self) -> str:
        """The property as messages name it: by what the program used to declare it."""
        return self.declared_as or self.argument or self.name

    @property
    def state_only(self) -> bool:
        """Whether a change concerns the state alone: Flow Service never receives the property."""
        return not self.path and not self.ignore_changes
