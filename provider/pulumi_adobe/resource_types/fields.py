"""The fields that several resource types share, and the schema of a base connection to a source of the catalogue.

Adobe: Flow Service API, `POST /connections`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from pulumi_adobe.config.options import TEST_CHOICES
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.naming import snake_case
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.sources import ConnectionSpec, Parameter

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
    return ResourceSchema(type_name, "connections", fields)


def build_fixed_inputs(spec: ConnectionSpec, auth_spec: str) -> dict[str, Any]:
    """Return the inputs that bind a connection to its source; a change of either replaces it."""
    return {"authSpec": auth_spec, "connectionSpec": {"id": spec.id, "version": spec.version}}


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


def _validate_id(value: str) -> str | None:
    return None if re.fullmatch(r"[\w-]+", value) else "must be the id of a connection"


NAME_AND_DESCRIPTION: Final = (
    Field("name", ("name",), "name", required=True),
    Field("description", ("description",), "description"),
)

ADOPT_ID: Final = Field("adoptId", argument="adopt_id", ignore_changes=True, validate=_validate_id)

DRAFT: Final = Field("draft", argument="draft", type=bool)

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

SPEC_FIELDS: Final = (
    # Adobe: the authentication type cannot change after creation (azure-blob.md), nor the spec (code 1414).
    Field("authSpec", ("auth", "specName"), "auth_spec", "auth", required=True, replace_on_changes=True),
    CONNECTION_SPEC,
)
