"""The arguments of a resource: the two ways to give them, and all problems at once, without a value."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from pulumi_adobe import DatabricksSourceConnectionArgs
from pulumi_adobe.resource_types.databricks import SCHEMA
from pulumi_adobe.resources.arguments import known_value, split_arguments, validate_arguments
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.resources.mock_engine import DATABRICKS_ARGUMENTS, ignore_warnings_of_sdk

pytestmark = ignore_warnings_of_sdk


def split(*positional: Any, **keywords: Any) -> tuple[dict[str, Any], pulumi.ResourceOptions | None]:
    return split_arguments(DatabricksSourceConnectionArgs, positional, keywords)


def test_arguments_object_and_keywords_give_the_same_arguments() -> None:
    from_object, _ = split(DatabricksSourceConnectionArgs(**DATABRICKS_ARGUMENTS))
    from_keywords, _ = split(**DATABRICKS_ARGUMENTS)

    assert {name: value for name, value in from_object.items() if value is not None} == from_keywords


def test_options_follow_an_arguments_object_and_precede_keywords() -> None:
    arguments, options = DatabricksSourceConnectionArgs(**DATABRICKS_ARGUMENTS), pulumi.ResourceOptions()

    assert split(arguments, options)[1] is options
    assert split(options, **DATABRICKS_ARGUMENTS)[1] is options
    assert split(args=arguments, opts=options)[1] is options


@pytest.mark.parametrize(
    "positional",
    [("one", "two"), ({"name": "x"},), (pulumi.ResourceOptions(), pulumi.ResourceOptions())],
    ids=["texts", "dict", "options twice"],
)
def test_arguments_of_other_types_are_a_type_error(positional: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="DatabricksSourceConnectionArgs"):
        split(*positional)


@pytest.mark.parametrize(
    ("changed_arguments", "facts"),
    [
        ({"cluster_id": ""}, [("cluster_id", "blank")]),
        (
            {"name": None, "domain": "http://x.y", "database": 7},
            [("name", "missing"), ("domain", "https://"), ("database", "string")],
        ),
        ({"clusterid": "x"}, [("clusterid", "did you mean cluster_id?")]),
        ({"zzz": "x"}, [("zzz", "name, description")]),
        ({"auth_spec": "x"}, [("auth_spec", "name, description")]),
        ({"access_token": "dapi-1\n"}, [("access_token", "line break")]),
    ],
    ids=str,
)
def test_every_problem_names_its_argument_and_no_value(
    changed_arguments: dict[str, Any], facts: list[tuple[str, str]]
) -> None:
    problems = validate_arguments(SCHEMA, {**DATABRICKS_ARGUMENTS, **changed_arguments})

    assert [problem.split(" ")[0] for problem in problems] == [argument for argument, _ in facts]
    assert all(fact in problem for problem, (_, fact) in zip(problems, facts, strict=True))
    assert "dapi" not in str(problems)


@pytest.mark.usefixtures("mock_engine")
def test_output_is_not_known_yet_and_has_no_problem() -> None:
    output = pulumi.Output.from_input("")

    assert known_value(output) is UNKNOWN
    assert known_value("text") == "text"
    assert validate_arguments(SCHEMA, {**DATABRICKS_ARGUMENTS, "cluster_id": output}) == []
