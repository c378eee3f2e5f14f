"""Every command that prints JSON has a schema, and says how it is called."""

from __future__ import annotations

import inspect
import json

import jsonschema
import pytest

from adobe_flow.app import app
from adobe_flow.commands.schema import read_output_schemas
from tests.cli.command_line import AdobeFlow

pytestmark = pytest.mark.slow

COMMANDS = {
    **{str(each.name): each for each in app.registered_commands},
    **{
        f"{group.name} {each.name}": each
        for group in app.registered_groups
        if group.typer_instance is not None
        for each in group.typer_instance.registered_commands
    },
}
"""By the words that a person types."""
WITH_JSON = [
    name.replace(" ", "-")
    for name, each in COMMANDS.items()
    if each.callback and "json" in inspect.signature(each.callback).parameters
]
"""The names of their schemas."""


def test_every_command_with_json_output_has_a_json_schema_and_every_schema_a_command() -> None:
    assert sorted(read_output_schemas()) == sorted(WITH_JSON)


@pytest.mark.parametrize("name", sorted(read_output_schemas()))
def test_every_json_schema_is_valid(name: str, adobe_flow: AdobeFlow) -> None:
    said = adobe_flow("schema", name)

    jsonschema.Draft202012Validator.check_schema(json.loads(said.stdout))
    words = next(words for words in COMMANDS if words.replace(" ", "-") == name)
    assert said.json["title"] == f"adobe-flow {words} --json"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_help_text_has_an_example(name: str, adobe_flow: AdobeFlow) -> None:
    said = adobe_flow(*name.split(), "--help")

    assert said.exit_code == 0
    assert f"adobe-flow {name}" in said.stdout.partition("Example")[2]


def test_unknown_schema_name_is_an_error_that_lists_all_names(adobe_flow: AdobeFlow) -> None:
    said = adobe_flow("schema", "no-such")

    assert said.exit_code == 3
    assert "list" in said.stderr
