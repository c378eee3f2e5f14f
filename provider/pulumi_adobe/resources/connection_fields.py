"""The fields of a base connection: how Experience Platform gets at a source, whichever source it is.

Adobe: Flow Service API, `POST /connections`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from pulumi_adobe.declaration import Declaration, Field
from pulumi_adobe.policy import TEST
from pulumi_adobe.resources.names import snake_case
from pulumi_adobe.sources import ConnectionSpec, Parameter

Rule: TypeAlias = Callable[[Any], str | None]
"""What is wrong with a value, or None; it never quotes the value."""


def base_connection(
    kind: str, spec: ConnectionSpec, auth_spec: str, special: Mapping[str, Field] | None = None
) -> Declaration:
    """The declaration of a base connection of ``spec`` that authenticates by ``auth_spec``.

    ``special`` gives fields of their own to parameters about which more is known than the catalogue says.
    """
    parameters = (_field(parameter, (special or {}).get(parameter.name)) for parameter in spec.auth_specs[auth_spec])
    return Declaration(kind, "connections", (*COMMON, *parameters, *REPLACING, *OWN))


def fixed_inputs(spec: ConnectionSpec, auth_spec: str) -> dict[str, Any]:
    """The inputs that make a connection one of this source; a change of either replaces it."""
    return {"authSpec": auth_spec, "connectionSpec": {"id": spec.id, "version": spec.version}}


def no_outer_blanks(value: str) -> str | None:
    """Copied values often bring a line break along, and the service's message would not say so."""
    return "begins or ends with a blank or a line break" if value != value.strip() else None


def _field(parameter: Parameter, special: Field | None) -> Field:
    plain = special or Field(parameter.name, (), problem=no_outer_blanks)
    return replace(
        plain,
        path=("auth", "params", parameter.name),
        argument=snake_case(parameter.name),
        required=parameter.required,
        secret=parameter.secret,
    )


def _spec(value: Any) -> Any:
    """Id and version alone: what else a service shows of a spec is not part of what was declared."""
    return {key: value[key] for key in ("id", "version") if key in value}


def _test_problem(value: str) -> str | None:
    return None if value in TEST else f"must be one of {', '.join(TEST)}"


def _id_problem(value: str) -> str | None:
    return None if re.fullmatch(r"[\w-]+", value) else "must be the id of a connection"


COMMON = (
    Field("name", ("name",), "name", required=True),
    Field("description", ("description",), "description"),
)
ADOPT = Field("adoptId", argument="adopt_id", ignored=True, problem=_id_problem)
OWN = (
    # What only this provider reads.
    ADOPT,
    Field("forceDestroy", argument="force_destroy", type=bool),
    Field("test", argument="test", problem=_test_problem),
)
CONNECTION_SPEC = Field(
    "connectionSpec",
    ("connectionSpec",),
    "connection_spec",
    required=True,
    replaces=True,
    type=dict,
    normalize=_spec,
)
REPLACING = (
    # Adobe: the authentication type cannot change after creation (azure-blob.md), nor the spec (code 1414).
    Field("authSpec", ("auth", "specName"), "auth_spec", required=True, replaces=True),
    CONNECTION_SPEC,
)
