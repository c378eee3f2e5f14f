"""The command line as a person types it, in this process: its exit code and what it prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import jsonschema
import pytest

from adobe_flow.__main__ import main
from adobe_flow.commands.schema import read_output_schemas
from tests.stack.project import StackProject


@dataclass(frozen=True)
class Outcome:
    """How it ended, and everything that it said."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)


AdobeFlow: TypeAlias = Callable[..., Outcome]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Outcome:
    """Run one command with the environment as it is."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return Outcome(ended.value.code, said.out, said.err)


@dataclass(frozen=True)
class OnStack:
    """The command line in a Pulumi project whose stack `dev` is selected; the settings come from there alone."""

    project: StackProject
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Outcome:
        return run(self.capsys, *arguments, "--cwd", str(self.project.folder))


def assert_valid(outcome: Outcome, command: str) -> None:
    """What it printed is JSON that the schema of the command allows."""
    jsonschema.validate(outcome.json, json.loads(read_output_schemas()[command]), jsonschema.Draft202012Validator)
