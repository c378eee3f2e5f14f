"""The fields of a base connection: how Experience Platform gets at a source, whichever source it is.

Adobe: Flow Service API, `POST /connections`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from pulumi_adobe.declaration import ResourceSchema, Field
from pulumi_adobe.policy import TEST_CHOICES
from pulumi_adobe.resources.names import snake_case
from pulumi_adobe.sources import ConnectionSpec, Parameter

Validator: TypeAlias = Callable[[Any], str | None]
"""What is wrong with a value, or None; it never quotes the value."""


def build_base_connection_schema(
    type_name: str, spec: ConnectionSpec, auth_spec: str, special_fields: Mapping[str, Field] | None = None
) -> ResourceSchema:
    """The declaration of a base connection of ``spec`` that authenticates by ``auth_spec``.

    ``special`` gives fields of their own to parameters about which more is known than the catalogue says.
    """
    parameters = (_build_field(parameter, (special_fields or {}).get(parameter.name)) for parameter in spec.auth_specs[auth_spec])
    return ResourceSchema(type_name, "connections", (*NAME_AND_DESCRIPTION, *parameters, *SPEC_FIELDS, *PROVIDER_FIELDS))


def build_fixed_inputs(spec: ConnectionSpec, auth_spec: str) -> dict[str, Any]:
    """The inputs that make a connection one of this source; a change of either replaces it."""
    return {"authSpec": auth_spec, "connectionSpec": {"id": spec.id, "version": spec.version}}


def validate_no_outer_blanks(value: str) -> str | None:
    """Copied values often bring a line break along, and the service's message would not say so."""
    return "begins or ends with a blank or a line break" if value != value.strip() else None


def _build_field(parameter: Parameter, special_field: Field | None) -> Field:
    field = special_field or Field(parameter.name, (), validate=validate_no_outer_blanks)
    return replace(
        field,
        path=("auth", "params", parameter.name),
        argument=snake_case(parameter.name),
        required=parameter.required,
        secret=parameter.secret,
    )


def _keep_id_and_version(value: Any) -> Any:
    """Id and version alone: what else a service shows of a spec is not part of what was declared."""
    return {key: value[key] for key in ("id", "version") if key in value}


def _validate_test(value: str) -> str | None:
    return None if value in TEST_CHOICES else f"must be one of {', '.join(TEST_CHOICES)}"


def _validate_id(value: str) -> str | None:
    return None if re.fullmatch(r"[\w-]+", value) else "must be the id of a connection"


NAME_AND_DESCRIPTION = (
    Field("name", ("name",), "name", required=True),
    Field("description", ("description",), "description"),
)
ADOPT_ID = Field("adoptId", argument="adopt_id", ignore_changes=True, validate=_validate_id)
PROVIDER_FIELDS = (
    # What only this provider reads.
    ADOPT_ID,
    Field("forceDestroy", argument="force_destroy", type=bool),
    Field("test", argument="test", validate=_validate_test),
)
CONNECTION_SPEC = Field(
    "connectionSpec",
    ("connectionSpec",),
    "connection_spec",
    required=True,
    replace_on_changes=True,
    type=dict,
    normalize=_keep_id_and_version,
)
SPEC_FIELDS = (
    # Adobe: the authentication type cannot change after creation (azure-blob.md), nor the spec (code 1414).
    Field("authSpec", ("auth", "specName"), "auth_spec", required=True, replace_on_changes=True),
    CONNECTION_SPEC,
)
