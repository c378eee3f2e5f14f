"""The resource schema of a base connection to any source: one field per parameter."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.resource_types.base_connection import SCHEMA
from pulumi_adobe.schema.validation import validate
from pulumi_adobe.sources import connection_specs

POSTGRESQL = connection_specs()["postgresql"]
AUTH_SPEC = "Basic Authentication"
PARAMS = {parameter.name: "x" for parameter in POSTGRESQL.auth_specs[AUTH_SPEC]}


def properties_of(params: dict[str, Any], **changed: Any) -> dict[str, Any]:
    properties = {
        "name": "pg",
        "authSpec": AUTH_SPEC,
        "connectionSpec": {"id": POSTGRESQL.id, "version": "1.0"},
        "params": params,
        **changed,
    }
    return SCHEMA.flatten({name: value for name, value in properties.items() if value is not None})


def problems_of(properties: dict[str, Any]) -> dict[str, str]:
    return {field.argument: problem for field, problem in validate(SCHEMA.for_properties(properties), properties)}


def test_state_has_the_parameters_in_one_object() -> None:
    flat = properties_of(PARAMS)

    assert flat["params.database"] == "x"
    assert "params" not in flat
    assert SCHEMA.unflatten(flat)["params"] == PARAMS


def test_parameters_that_are_not_known_yet_stay_one_value() -> None:
    flat = SCHEMA.flatten({"name": "pg", "params": "unknown"})

    assert flat["params"] == "unknown"
    assert SCHEMA.unflatten(flat) == flat


def test_body_has_the_parameters_where_adobe_expects_them() -> None:
    flat = properties_of(PARAMS)

    assert SCHEMA.for_properties(flat).to_body(flat)["auth"] == {"specName": AUTH_SPEC, "params": PARAMS}


def test_catalogue_decides_which_parameters_are_required_and_secret() -> None:
    flat = properties_of({name: value for name, value in PARAMS.items() if name != "database"})
    secret_names = [field.name for field in SCHEMA.for_properties(flat).secret_fields]

    assert problems_of(flat) == {"auth.database": "is missing"}
    assert secret_names == ["params.password"]


def test_parameter_that_the_catalogue_lacks_is_secret() -> None:
    flat = properties_of({**PARAMS, "new": "x"})

    assert "params.new" in [field.name for field in SCHEMA.for_properties(flat).secret_fields]


def test_without_validation_no_parameter_is_required_but_secrets_stay_secret() -> None:
    flat = properties_of({"password": "x"}, validate=False)

    assert problems_of(flat) == {}
    assert "params.password" in [field.name for field in SCHEMA.for_properties(flat).secret_fields]


@pytest.mark.parametrize("value", [["a"], {"a": 1}], ids=repr)
def test_parameter_must_be_a_text_a_number_or_a_boolean(value: Any) -> None:
    assert list(problems_of(properties_of({**PARAMS, "database": value}))) == ["auth.database"]
    assert problems_of(properties_of({**PARAMS, "port": 5432, "database": True})) == {}


def test_changed_auth_spec_or_connection_spec_replaces_the_connection() -> None:
    replacing = {
        field.name for field in SCHEMA.for_properties(properties_of(PARAMS)).fields if field.replace_on_changes
    }

    assert replacing == {"authSpec", "connectionSpec"}
