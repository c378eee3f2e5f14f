"""A resource type as data: which property stands where in the body that Flow Service receives and returns.

Everything that differs between two resource types and needs no code is here, so that the life cycle is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from pulumi_adobe.json_values import get_member
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.values import UNKNOWN, Body, Properties, is_masked

SERVICE_OUTPUTS: Final = ("etag", "state", "createdAt", "createdBy", "sandboxName", "orgId")
"""What Flow Service reports of every entity besides the declared properties."""

SERVER_PARAMETERS: Final = "serverParams"
"""The output that keeps the auth parameters which Flow Service added: a PATCH of the others would drop them."""

SECRET_CONFIRMED: Final = "secretConfirmed"  # noqa: S105 - the name of an output
"""Says, in the state of an adopted resource, whether this stack has sent the declared secrets. It is no output."""

PREDECESSOR_IDS: Final = "predecessorIds"
"""Notes, in the state of a resource that was replaced, the ids of the entities in whose place it was created."""
SPEC_VERSION_DECLARED: Final = "specVersionDeclared"
"""Says that the program itself gives the version of the connection spec. Absent if the provider fills it in."""


def _keep(properties: Properties) -> Properties:
    return properties


@dataclass(frozen=True)
class ResourceSchema:
    """The properties of one resource type, and how Flow Service stores them.

    Attributes:
        type_name: The resource type's name, such as `Dataflow`.
        collection: The API's path segment, such as `flows`.
        fields: The properties.
        local_inputs: Inputs beside the fields that Flow Service never receives, and whose change is no change.
        check_inputs: Inputs that only a check reads: no state has them.
        atomic_pointers: The JSON pointers whose objects Adobe replaces only as a whole.
        named_lists: The JSON pointers of lists whose items have a name, and whose order is the service's own.
        duplicate_scope: The place in the body of the value that, with the name, identifies a duplicate.
        fallback_duplicate_scope: The place that counts if a body has nothing at `duplicate_scope`; may be empty.
        has_connection_test: Whether Flow Service can test the entity.
        create_members: Members of the body that a create sends unless a field does, and that nothing reads or compares.
        fixed_inputs: Inputs that the resource type itself determines.
        outputs: What the service reports besides the fields.
        changing_outputs: Those of the outputs that an update may change.
        secret_outputs: Those of the outputs that are secrets.
        identified_by: The argument that, within its scope, must be the declaration's own.
        variant: Returns the schema of a resource with these (flat) properties, for a type whose fields depend on them.
        flatten: Converts the properties of the state into one property per field.
        unflatten: Converts them back.
    """

    type_name: str
    collection: str
    fields: tuple[Field, ...]
    local_inputs: tuple[str, ...] = ("owner",)
    check_inputs: tuple[str, ...] = ()
    atomic_pointers: tuple[str, ...] = ("/auth/params",)
    named_lists: tuple[str, ...] = ()
    duplicate_scope: tuple[str, ...] = ("connectionSpec", "id")
    fallback_duplicate_scope: tuple[str, ...] = ()
    has_connection_test: bool = True
    create_members: Mapping[str, Any] = field(default_factory=dict, hash=False)
    fixed_inputs: Mapping[str, Any] = field(default_factory=dict, hash=False)
    outputs: tuple[str, ...] = SERVICE_OUTPUTS
    changing_outputs: tuple[str, ...] = ("etag", "state")
    secret_outputs: tuple[str, ...] = ()
    identified_by: str = "name"
    variant: Callable[[Mapping[str, Any]], ResourceSchema] | None = None
    flatten: Callable[[Properties], Properties] = _keep
    unflatten: Callable[[Properties], Properties] = _keep

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The labels of the fields in the dynamic adapter, by the fields' names."""
        return {schema_field.name: schema_field.label for schema_field in self.fields}

    def for_properties(self, properties: Mapping[str, Any]) -> ResourceSchema:
        """Return the schema of the resource that has these (flat) properties."""
        return self if self.variant is None else self.variant(properties)

    def apply_defaults(self, properties: Mapping[str, Any]) -> Properties:
        """Return what a program gives, with the defaults of what it does not, and without each False that means none.

        A default is `UNKNOWN` if it depends on a value that is not known yet. The fixed inputs are left out.
        """
        completed = dict(properties)
        for each in self.fields:
            default = each.default(properties) if each.default is not None and each.name not in properties else None
            if default is not None:
                completed[each.name] = default
            if each.false_is_absent and completed.get(each.name) is False:
                del completed[each.name]
        return completed

    def to_body(self, properties: Mapping[str, Any]) -> Body:
        """Return the body that declares these properties. A property that is absent is absent there too."""
        body: Body = {}
        for each in self.fields:
            if each.path and each.name in properties and not each.reported:
                _set_path(body, each.path, _convert(each.encode, properties[each.name]))
        return body

    def to_create_body(self, properties: Mapping[str, Any]) -> Body:
        """Return the part of the body that a create sends."""
        return {**self.create_members, **self.to_body(self.without_patched_values(properties))}

    def without_patched_values(self, properties: Mapping[str, Any]) -> Properties:
        """Return the properties without those that a create cannot send."""
        patched_names = {each.name for each in self.fields if each.patched_after_create}
        return {name: value for name, value in properties.items() if name not in patched_names}

    def to_mutable_body(self, properties: Mapping[str, Any]) -> Body:
        """Return the part of the body that an update may change."""
        mutable_names = {each.name for each in self.fields if not each.replace_on_changes}
        return self.to_body({name: value for name, value in properties.items() if name in mutable_names})

    def from_entity(self, entity: Mapping[str, Any]) -> Properties:
        """Return the properties that an entity of Flow Service shows, without secrets, which the service masks.

        Flow Service may show an absent text as null or as an empty one; both mean absent.
        """
        values = ((field, get_member(entity, *field.path)) for field in self.sent_fields if not field.secret)
        return {
            field.name: _convert(field.decode, value) for field, value in values if value is not None and value != ""
        }

    def undeclared_members(self, entity: Mapping[str, Any], path: tuple[str, ...]) -> Properties:
        """Return the entity's members under ``path`` that no field sends and that are neither masked nor empty."""
        declared = {each.path[-1] for each in self.sent_fields if each.path[:-1] == path and not each.reported}
        value = get_member(entity, *path)
        members = value.items() if isinstance(value, Mapping) else ()
        return {name: value for name, value in members if name not in declared and not is_masked(value)}

    def secret_values(self, properties: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Return the names and values of the secret properties that are present."""
        names = (*(field.name for field in self.secret_fields), *self.secret_outputs)
        return ((name, properties[name]) for name in names if name in properties)

    def select_computed_values(self, properties: Mapping[str, Any]) -> Properties:
        """Return the properties that the provider found out itself."""
        return {
            field.name: properties[field.name] for field in self.fields if field.computed and field.name in properties
        }

    @cached_property
    def sent_fields(self) -> tuple[Field, ...]:
        """The fields that have a place in the body, also those that Flow Service alone decides."""
        return tuple(field for field in self.fields if field.path)

    @cached_property
    def secret_fields(self) -> tuple[Field, ...]:
        """The fields whose values are never shown, compared with the service's, or read from it."""
        return tuple(field for field in self.fields if field.secret)

    @cached_property
    def unreadable_inputs(self) -> tuple[str, ...]:
        """The inputs that a read cannot see: those that are never sent, and the secrets."""
        return (*self.local_inputs, *(field.name for field in self.fields if field.secret or not field.path))


def _convert(converter: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if converter is None or value is UNKNOWN else converter(value)


def _set_path(body: Body, path: tuple[str, ...], value: Any) -> None:
    *parents, last = path
    for parent in parents:
        body = body.setdefault(parent, {})
    body[last] = value
