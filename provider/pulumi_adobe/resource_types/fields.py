"""The fields that several resource types share, and the schema of a base connection to a source of the catalogue.

Adobe: Flow Service API, `POST /connections`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from pulumi_adobe.config.options import TEST_CHOICES
from pulumi_adobe.resource_names import get_resource_name
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.naming import snake_case
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.sources import ConnectionSpec, Parameter, find_declared_spec

Validator: TypeAlias = Callable[[Any], str | None]
"""Returns what is wrong with a value, or None. It never quotes the value."""


def build_base_connection_schema(
    type_name: str, spec: ConnectionSpec, auth_spec: str, special_fields: Mapping[str, Field] | None = None
) -> ResourceSchema:
    """Return the schema of a base connection to the source ``spec`` that authenticates with ``auth_spec``.

    ``special_fields`` replaces the field of a parameter about which more is known than the catalogue says.
    """
    special = special_fields or {}
    parameters = (_build_field(parameter, special.get(parameter.name)) for parameter in spec.auth_specs[auth_spec])
    fields = (*NAME_AND_DESCRIPTION, *parameters, *SPEC_FIELDS, *PROVIDER_FIELDS)
    fixed_inputs = {"authSpec": auth_spec, "connectionSpec": {"id": spec.id, "version": spec.version}}
    return ResourceSchema(type_name, "connections", fields, fixed_inputs=fixed_inputs)


def validate_no_outer_blanks(value: str) -> str | None:
    """Return a problem if the value begins or ends with a blank: copied values often bring a line break along."""
    return "begins or ends with a blank or a line break" if value != value.strip() else None


def keep_id_and_version(spec: Any) -> Any:
    """Return only id and version of a spec: the other members that a service shows were not declared."""
    return {key: spec[key] for key in ("id", "version") if key in spec}


def _build_field(parameter: Parameter, special_field: Field | None) -> Field:
    field = special_field or Field(parameter.name, (), validate=validate_no_outer_blanks)
    return field._replace(
        path=("auth", "params", parameter.name),
        argument=snake_case(parameter.name),
        required=parameter.required,
        secret=parameter.secret,
    )


def _validate_test(value: str) -> str | None:
    return None if value in TEST_CHOICES else f"must be one of {', '.join(TEST_CHOICES)}"


def _get_resource_name(properties: Mapping[str, Any]) -> str:
    return get_resource_name(properties["owner"])


def _choose_auth_spec(properties: Mapping[str, Any]) -> Any:
    """Return the auth spec of a source that has only one."""
    if properties.get("connectionSpec") is UNKNOWN:
        return UNKNOWN
    spec = find_declared_spec(properties)
    return next(iter(spec.auth_specs)) if spec is not None and len(spec.auth_specs) == 1 else None


def _validate_id(value: str) -> str | None:
    return None if re.fullmatch(r"[\w-]+", value) else "must be the id of a connection"


_NAME: Final = Field("name", ("name",), "name", required=True)
_DESCRIPTION: Final = Field("description", ("description",), "description")

NAME_AND_DESCRIPTION: Final = (_NAME, _DESCRIPTION)
DEFAULT_NAME_AND_DESCRIPTION: Final = (_NAME._replace(default=_get_resource_name), _DESCRIPTION)
"""The same for types whose entities have the name of the resource in Pulumi unless the program gives another."""

ADOPT_ID: Final = Field("adoptId", argument="adopt_id", ignore_changes=True, validate=_validate_id)

DRAFT: Final = Field("draft", argument="draft", type=bool, false_is_absent=True)

PROVIDER_FIELDS: Final = (
    # Only this provider reads these.
    ADOPT_ID,
    Field("forceDestroy", argument="force_destroy", type=bool),
    Field("test", argument="test", validate=_validate_test),
)

CONNECTION_SPEC: Final = Field(
    "connectionSpec",
    ("connectionSpec",),
    "connection_spec",
    "source",
    required=True,
    replace_on_changes=True,
    type=dict,
    normalize=keep_id_and_version,
)

SPEC_BY_ID: Final = CONNECTION_SPEC._replace(declared_as="connection_spec_id")
"""The same for messages about a connection spec that the catalogue lacks, which programs give by its id."""

DEFAULT_SPEC_VERSION: Final = "1.0"
"""The version of a connection spec that the catalogue lacks, where the program gives none."""

SPEC_FIELDS: Final = (
    # Adobe: the authentication type cannot change after creation (azure-blob.md), nor the spec (code 1414).
    Field(
        "authSpec",
        ("auth", "specName"),
        "auth_spec",
        "auth",
        required=True,
        replace_on_changes=True,
        default=_choose_auth_spec,
    ),
    CONNECTION_SPEC,
)
