"""The name of a resource may contain what separates the parts of a URN or of an owner."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulumi_adobe.resource_names import (
    STACK_TYPE,
    Urn,
    build_owner,
    build_urn,
    get_resource_name,
    get_stack_name,
    parse_urn,
)

TYPE = "pulumi-python:dynamic/adobe:DatabricksSourceConnection"
NAMES = ["lake", "eu::lake", "::lake", "lake::", "x/y", "/", "a::pulumi:pulumi:Stack::b", "東京 $x", "a\nb"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("parents", ["", "my:index:Team$adobe:index:Ingestion$"])
def test_a_urn_is_split_from_the_left(name: str, parents: str) -> None:
    assert parse_urn(f"urn:pulumi:dev::flows::{parents}{TYPE}::{name}") == Urn("dev", "flows", TYPE, name)


@pytest.mark.parametrize("name", NAMES)
def test_a_urn_has_the_types_of_all_parents_but_the_stack(name: str) -> None:
    stack = f"urn:pulumi:dev::flows::{STACK_TYPE}::flows-dev"
    team = build_urn(stack, "my:index:Team", "a::b")

    assert build_urn(stack, TYPE, name) == f"urn:pulumi:dev::flows::{TYPE}::{name}"
    assert build_urn(team, TYPE, name) == f"urn:pulumi:dev::flows::my:index:Team${TYPE}::{name}"


@pytest.mark.parametrize("text", ["", "None", "lake", "urn:pulumi:dev::flows::lake", "a::b::c::d"])
def test_text_that_is_no_urn_is_a_name(text: str) -> None:
    assert parse_urn(text) == Urn("", "", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_an_owner_is_split_from_the_left(name: str) -> None:
    owner = build_owner("flows", "dev", name)

    assert (get_stack_name(owner), get_resource_name(owner)) == ("flows/dev", name)


ROOT = Path(__file__).parents[2]
SPLIT = re.compile(r"""(?:split|partition)\(\s*["'](?:::|urn:)""")


def test_no_other_module_splits_a_urn() -> None:
    """A reference to a provider, `<urn>::<id>`, is cut at its end."""
    folders = ("provider/pulumi_adobe", "cli/adobe_flow", "policy", "examples", "benchmarks", "emulator")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    splitting = {file.relative_to(ROOT).as_posix() for file in files if SPLIT.search(file.read_text("utf-8"))}

    assert splitting == {"provider/pulumi_adobe/resource_names.py", "cli/adobe_flow/adopt/plan.py"}
