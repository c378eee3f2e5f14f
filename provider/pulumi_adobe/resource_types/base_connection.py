"""The resource schema of a base connection to any source: one of the catalogue, or a connection spec by its id.

Adobe: Flow Service API, `POST /connections`; one page of the documentation per source (`sources/catalogue.json`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from pulumi_adobe.resource_types.fields import (
    NAME_AND_DESCRIPTION,
    PROVIDER_FIELDS,
    SPEC_FIELDS,
    validate_no_outer_blanks,
)
from pulumi_adobe.resource_types.parameters import (
    PARAMETER_PREFIX,
    flatten_parameters,
    is_parameter,
    unflatten_parameters,
)
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import SPEC_VERSION_DECLARED, ResourceSchema
from pulumi_adobe.sources import find_spec_by_id

PARAMS: Final = Field("params", ("auth", "params"), "params", "auth", required=True, type=dict)
_INLET_URL: Final = Field("inletUrl", ("auth", "params", "inletUrl"), "inlet_url", computed=True, reported=True)
_VALIDATE: Final = Field("validate", argument="validate", type=bool, ignore_changes=True)
_SPEC_VERSION_DECLARED: Final = Field(
    SPEC_VERSION_DECLARED,
    argument="spec_version_declared",
    declared_as="connection_spec_version",
    type=bool,
    ignore_changes=True,
    derived=True,
)


@cache
def build_schema(
    spec_id: str,
    auth_spec: str,
    parameter_names: tuple[str, ...],
    params_fields: tuple[Field, ...] = (),
    *,
    validate_required: bool = True,
) -> ResourceSchema:
    """Return the schema with a field per parameter: those of the catalogue, and the given names.

    Args:
        spec_id: The id of the connection spec.
        auth_spec: The auth spec.
        parameter_names: The parameters that the program gives.
        params_fields: The field of all parameters as one object, while they are not known one by one.
        validate_required: Whether the catalogue decides which parameters are required. It always decides which of them
            are secret; a parameter that it lacks is secret.
    """
    spec = find_spec_by_id(spec_id)
    catalogue_parameters = {each.name: each for each in spec.auth_specs.get(auth_spec, ())} if spec else {}
    # A value that Flow Service has filled in is no drift. A PATCH sends it back, as all that the service adds.
    expected_names = [each.name for each in catalogue_parameters.values() if not each.is_filled_in]
    names = dict.fromkeys((*(() if params_fields else expected_names), *parameter_names))
    parameters = (
        Field(
            f"{PARAMETER_PREFIX}{name}",
            ("auth", "params", name),
            f"auth.{name}",
            required=validate_required and name in catalogue_parameters and catalogue_parameters[name].required,
            secret=name not in catalogue_parameters or catalogue_parameters[name].secret,
            presumed_secret=name not in catalogue_parameters,
            type=object,
            validate=_validate_parameter,
        )
        for name in names
    )
    fields = (
        *NAME_AND_DESCRIPTION,
        *params_fields,
        *parameters,
        *((_INLET_URL,) if spec is not None and spec.has_inlet else ()),
        *SPEC_FIELDS,
        *PROVIDER_FIELDS,
        _VALIDATE,
        _SPEC_VERSION_DECLARED,
    )
    return replace(SCHEMA, fields=fields, variant=None)


def _build_variant(properties: Mapping[str, Any]) -> ResourceSchema:
    spec = properties.get("connectionSpec")
    names = tuple(sorted(name.removeprefix(PARAMETER_PREFIX) for name in properties if is_parameter(name)))
    return build_schema(
        str(spec["id"]) if isinstance(spec, dict) else "",
        str(properties.get("authSpec")),
        names,
        (PARAMS,) if "params" in properties else (),
        validate_required=properties.get("validate") is not False,
    )


def _validate_parameter(value: Any) -> str | None:
    if not isinstance(value, (str, int, float, bool)):
        return "must be a text, a number, true or false"
    return validate_no_outer_blanks(value) if isinstance(value, str) else None


SCHEMA: Final = ResourceSchema(
    "BaseConnection",
    "connections",
    (*NAME_AND_DESCRIPTION, PARAMS, _INLET_URL, *SPEC_FIELDS, *PROVIDER_FIELDS, _VALIDATE, _SPEC_VERSION_DECLARED),
    variant=_build_variant,
    flatten=flatten_parameters,
    unflatten=unflatten_parameters,
)
