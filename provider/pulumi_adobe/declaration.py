"""What a resource is, as data: which property stands where in the body that Flow Service gets and gives.

Everything that differs between two kinds of resource is said here, so that the life cycle is written once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pulumi_adobe.behaviour import NO_HOOKS, LifecycleHooks
from pulumi_adobe.members import get_member

Properties: TypeAlias = dict[str, Any]
"""Properties of a resource as the state holds them, under Adobe's camelCase names."""

Body: TypeAlias = dict[str, Any]
"""A JSON object as Flow Service takes it in a create and returns it in a read."""


SERVICE_OUTPUTS: Final = ("etag", "state", "createdAt", "createdBy", "sandboxName", "orgId")
"""What Flow Service says of every entity beside what was declared."""

SECRET_CONFIRMED: Final = "secretConfirmed"
"""In the state of what was adopted there: whether this stack has sent the secrets that it declares. No output."""


class Unknown:
    """A value that only the update will know; during a preview it stands in the place of the value."""

    def __repr__(self) -> str:
        return "<unknown until the update>"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True)
class Field:
    """One property of a resource.

    ``path`` is its place in the body, empty for what only this provider reads. ``ignored``: a change of it is no
    change of the resource. ``argument`` is what a Python program calls it. ``problem`` says, for a
    present value of the right type, what is wrong with it, or None; it must not quote a secret. ``computed``: where the
    inputs lack it, it is found out when it is made, and stays. ``encode`` and ``decode`` turn a value of the state into
    that of the body and back.
    """

    name: str
    path: tuple[str, ...] = ()
    argument: str = ""
    required: bool = False
    secret: bool = False
    replace_on_changes: bool = False
    type: type = str
    validate: Callable[[Any], str | None] | None = None
    normalize: Callable[[Any], Any] | None = None
    ignore_changes: bool = False
    computed: bool = False
    encode: Callable[[Any], Any] | None = None
    decode: Callable[[Any], Any] | None = None

    @property
    def state_only(self) -> bool:
        """Whether a change concerns the state alone: Flow Service never sees the field."""
        return not self.path and not self.ignore_changes


@dataclass(frozen=True)
class ResourceSchema:
    """A kind of resource of Flow Service.

    ``collection`` is the API's path segment. ``unsent`` are inputs beside the fields that Flow Service never sees and
    whose change is no change of the resource. ``whole`` are the JSON pointers that Adobe lets one replace only as a
    whole. ``scope`` is the place in the body of what, with the name, makes two of them the same; ``testable`` says
    whether Flow Service has a test of it; ``behaviour`` is what it does beyond its body.
    """

    type_name: str
    collection: str
    fields: tuple[Field, ...]
    local_inputs: tuple[str, ...] = ("owner",)
    atomic_pointers: tuple[str, ...] = ("/auth/params",)
    duplicate_scope: tuple[str, ...] = ("connectionSpec", "id")
    has_connection_test: bool = True
    hooks: LifecycleHooks = NO_HOOKS

    def to_body(self, properties: Mapping[str, Any]) -> Body:
        """The body that these properties stand for; absent properties are absent there too."""
        body: Body = {}
        for field in self.fields:
            if field.path and field.name in properties:
                _set_path(body, field.path, _convert(field.encode, properties[field.name]))
        return body

    def plan(self, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
        """The inputs with what was found out before and with all that follows from them."""
        known_values = {field.name: prior_outputs[field.name] for field in self.fields if field.computed and field.name in prior_outputs}
        return self.hooks.plan(prior_outputs, {**known_values, **new_inputs})

    def to_mutable_body(self, properties: Mapping[str, Any]) -> Body:
        """The part of the body that an update may change."""
        mutable_names = {field.name for field in self.fields if not field.replace_on_changes}
        return self.to_body({name: value for name, value in properties.items() if name in mutable_names})

    def from_entity(self, entity: Mapping[str, Any]) -> Properties:
        """The properties that an entity of Flow Service shows, secrets left out: the service masks them.

        Flow Service may show an absent text as null or as an empty one; both mean absent.
        """
        values = ((field, get_member(entity, *field.path)) for field in self.sent_fields if not field.secret)
        return {field.name: _convert(field.decode, value) for field, value in values if value is not None and value != ""}

    def undeclared_members(self, entity: Mapping[str, Any], path: tuple[str, ...]) -> Properties:
        """What the entity shows under ``path`` that is no field, without what the service masks or leaves empty."""
        declared = {field.path[-1] for field in self.sent_fields if field.path[:-1] == path}
        value = get_member(entity, *path)
        members = value.items() if isinstance(value, Mapping) else ()
        return {name: value for name, value in members if name not in declared and not is_masked(value)}

    def secret_values(self, properties: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The secret properties that are present, by name."""
        return ((field.name, properties[field.name]) for field in self.secret_fields if field.name in properties)

    @property
    def sent_fields(self) -> tuple[Field, ...]:
        """The fields that Flow Service gets."""
        return tuple(field for field in self.fields if field.path)

    @property
    def unreadable_inputs(self) -> tuple[str, ...]:
        """The inputs that a read cannot see: those never sent, and the secrets."""
        return (*self.local_inputs, *(field.name for field in self.fields if field.secret or not field.path))

    @property
    def secret_fields(self) -> tuple[Field, ...]:
        """The fields whose values are never shown, compared with the service's, or read from it."""
        return tuple(field for field in self.fields if field.secret)


def _convert(converter: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if converter is None or value is UNKNOWN else converter(value)


def _set_path(body: Body, path: tuple[str, ...], value: Any) -> None:
    *parents, last = path
    for parent in parents:
        body = body.setdefault(parent, {})
    body[last] = value


_MASK: Final = re.compile(r"[*•xX#.\-]*|\{[^{}]*\}|\[[^\[\]]*\]|<[^<>]*>")
"""How a service writes "not shown": Adobe's own samples have `{SECRET_KEY}` and `xxxx`."""


def is_masked(value: Any) -> bool:
    """Whether a service shows this in the place of a value that it does not tell."""
    return value is None or (isinstance(value, str) and _MASK.fullmatch(value) is not None)
