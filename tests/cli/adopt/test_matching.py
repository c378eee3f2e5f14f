"""Which entity a resource is, as a person says it: mappings on the command line and in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from adobe_flow.adopt.matching import merge_ids_by_resource, read_ids_by_resource
from adobe_flow.adopt.plan import PlannedResource
from adobe_flow.problem import Problem
from pulumi_adobe.resource_names import build_urn
from tests.cli.adopt.programs import LAKE, ROOT


def plan(resource: str) -> PlannedResource:
    return PlannedResource(build_urn(ROOT, LAKE, resource), LAKE, custom=True, creates=True, encrypted={})


def test_resource_is_mapped_by_name_or_urn_and_an_explicit_mapping_wins() -> None:
    planned = [plan("a"), plan("b")]

    assert merge_ids_by_resource(["a=1"], {"a": "2", "b": "3", "gone": "4"}, planned) == {"a": "1", "b": "3"}
    assert merge_ids_by_resource([f"{planned[0].urn}=1"], {}, planned) == {planned[0].urn: "1"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["lake"], "does not have the form"),
        (["=1"], "does not have the form"),
        (["lake="], "does not have the form"),
        (["lkae=1"], "It creates: lake."),
        (["lake=1", "lake=2"], "more than once"),
        (["lake=1", "sea=1"], "more than once"),
    ],
)
def test_malformed_mapping_of_a_resource_to_an_id_is_an_error(given: list[str], words: str) -> None:
    with pytest.raises(Problem) as problem:
        merge_ids_by_resource(given, {}, [plan("lake"), plan("sea")])

    assert words in str(problem.value)


def test_mapping_file_has_ids_by_resource(tmp_path: Path) -> None:
    file = tmp_path / "adoption.json"
    file.write_text('{"lake": "id-1"}')

    assert read_ids_by_resource(file) == {"lake": "id-1"}


@pytest.mark.parametrize("text", ["", "[]", '{"lake": 1}', "{", "\xff"])
def test_malformed_mapping_file_is_an_error_with_an_example(tmp_path: Path, text: str) -> None:
    file = tmp_path / "adoption.json"
    file.write_bytes(text.encode("latin-1"))

    with pytest.raises(Problem) as problem:
        read_ids_by_resource(file)

    assert str(file) in str(problem.value)
    assert '{"acme-lake": "<id>"}' in str(problem.value)
