"""Validation names every problem with its field, ignores unknown values, and never quotes a value."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.resource_types.databricks import SCHEMA
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.validation import normalize, validate
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import SECRET, build_inputs


def problems_of(**changed_inputs: Any) -> dict[str, str]:
    """Return the problems of Databricks inputs with these changes, by field."""
    normalized = normalize(SCHEMA, build_inputs(**changed_inputs))
    return {field.name: problem for field, problem in validate(SCHEMA, normalized)}


def test_valid_inputs_have_no_problem() -> None:
    assert problems_of() == {}
    assert problems_of(catalog="main", description=None, test="off", forceDestroy=True, adoptId="f847950c-1c12") == {}


@pytest.mark.parametrize("name", ["name", "domain", "clusterId", "accessToken", "database"])
def test_required_field_must_not_be_missing_or_blank(name: str) -> None:
    assert "missing" in problems_of(**{name: None})[name]
    assert "blank" in problems_of(**{name: " \t"})[name]
    assert "blank" in problems_of(**{name: ""})[name]


@pytest.mark.parametrize("name", ["name", "domain", "clusterId", "accessToken", "database"])
def test_unknown_value_has_no_problem(name: str) -> None:
    assert problems_of(**{name: UNKNOWN}) == {}


def test_all_problems_are_returned_at_once_in_the_order_of_the_fields() -> None:
    problems = problems_of(name="", domain="x", clusterId=7, accessToken=None)

    assert list(problems) == ["name", "domain", "clusterId", "accessToken"]


@pytest.mark.parametrize(
    ("name", "value", "expected_type", "actual_type"),
    [
        ("clusterId", 7, "string", "whole number"),
        ("clusterId", 7.5, "string", "float"),
        ("database", {"a": 1}, "string", "object"),
        ("database", ["a"], "string", "list"),
        ("forceDestroy", "yes", "true or false", "string"),
    ],
)
def test_problem_of_a_wrong_type_names_both_types(name: str, value: Any, expected_type: str, actual_type: str) -> None:
    problem = problems_of(**{name: value})[name]

    assert expected_type in problem
    assert actual_type in problem


@pytest.mark.parametrize(
    ("name", "value", "fact"),
    [
        ("accessToken", "token\n", "line break"),
        ("test", "sometimes", "auto, fail, warn, off"),
        ("adoptId", "../x", "id"),
    ],
)
def test_problem_of_a_wrong_form_names_what_is_allowed(name: str, value: Any, fact: str) -> None:
    assert fact in problems_of(**{name: value})[name]


@pytest.mark.parametrize("value", [f"{SECRET}\n", f" {SECRET}", [SECRET], {"token": SECRET}], ids=repr)
def test_problem_of_a_secret_does_not_quote_it(value: Any) -> None:
    assert SECRET not in problems_of(accessToken=value)["accessToken"]


def test_normalize_omits_absent_values_but_keeps_empty_required_ones_for_validation() -> None:
    properties = {"name": "", "description": "", "catalog": None, "domain": UNKNOWN}

    assert normalize(SCHEMA, properties) == {"name": "", "domain": UNKNOWN}


@pytest.mark.parametrize(("allows_blanks", "count"), [(True, 0), (False, 1)])
def test_tab_is_a_value_only_where_blanks_are(count: int, *, allows_blanks: bool) -> None:
    schema = ResourceSchema("Thing", "things", (Field("delimiter", argument="delimiter", allows_blanks=allows_blanks),))

    assert len(validate(schema, {"delimiter": "\t"})) == count
