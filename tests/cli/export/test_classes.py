"""The classes that are written are those of the provider, with its arguments."""

from __future__ import annotations

from dataclasses import fields

import pytest

import pulumi_adobe
from adobe_flow.export.classes import AUTH, NUMBERS, TYPED, to_snake_case
from pulumi_adobe.resources.auth import TypedAuth
from pulumi_adobe.resources.databricks import DatabricksSourceConnectionArgs
from pulumi_adobe.resources.typed_connection import TypedBaseConnection
from pulumi_adobe.schema.naming import snake_case as of_the_provider
from pulumi_adobe.sources import connection_specs

EXPORTED = [getattr(pulumi_adobe, name) for name in pulumi_adobe.__all__]
CLASSES = [each for each in EXPORTED if isinstance(each, type)]


def test_every_typed_class_is_listed() -> None:
    typed = {each.source: each.__name__ for each in CLASSES if issubclass(each, TypedBaseConnection)}

    assert {**typed, "databricks": "DatabricksSourceConnection"} == TYPED


def test_every_typed_auth_class_is_listed() -> None:
    ways = {each.__name__: each.auth_spec for each in CLASSES if issubclass(each, TypedAuth)}

    assert {name: auth_spec for (_, auth_spec), name in AUTH.items()} == ways


@pytest.mark.parametrize("way", sorted(AUTH.items()), ids=lambda way: way[1])
def test_arguments_of_each_typed_class_are_the_parameters_of_the_catalogue(way: tuple[tuple[str, str], str]) -> None:
    (source, auth_spec), name = way
    kind = getattr(pulumi_adobe, name)

    parameters = connection_specs()[source].auth_specs[auth_spec]

    assert {to_snake_case(each.name) for each in parameters} == {each.name for each in fields(kind)}
    assert {each.name for each in fields(kind) if "int" in str(each.type)} <= set(NUMBERS)


def test_databricks_has_its_parameters_as_arguments() -> None:
    (parameters,) = connection_specs()["databricks"].auth_specs.values()

    assert {to_snake_case(each.name) for each in parameters} <= {
        each.name for each in fields(DatabricksSourceConnectionArgs)
    }


@pytest.mark.parametrize("spec", connection_specs().values(), ids=lambda spec: spec.source)
def test_argument_names_are_spelled_as_in_the_provider(spec: pulumi_adobe.sources.ConnectionSpec) -> None:
    for parameters in spec.auth_specs.values():
        assert [to_snake_case(each.name) for each in parameters] == [of_the_provider(each.name) for each in parameters]
