"""A Pulumi stack, as Pulumi's own command line shows it: its config, its state, its plan."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adobe_flow.documents import parse_document
from adobe_flow.encoding import encode_argument
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.config import add_secret
from adobe_flow.pulumi_cli.errors import explain_failure
from adobe_flow.pulumi_cli.process import run_process
from adobe_flow.pulumi_cli.project import find_project_file
from adobe_flow.pulumi_cli.resources import read_resources


@dataclass(frozen=True)
class Stack:
    """The stack ``name`` of the project in ``folder``. Every method may raise a `Problem`."""

    folder: Path
    name: str
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)

    def read_config(self) -> dict[str, str]:
        """Return the whole config, secrets in clear; structured values are JSON texts, as a provider gets them."""
        raw = self.read_json_object("config", "--json", "--show-secrets")
        entries = {key: entry for key, entry in raw.items() if isinstance(entry, dict)}
        for key, entry in entries.items():
            add_secret(key, entry)
        return {key: str(entry["value"]) for key, entry in entries.items() if entry.get("value") is not None}

    def export_state(self) -> dict[str, Any]:
        """Return the state; secrets stay encrypted."""
        return self.read_json_object("stack", "export")

    def list_resources(self, *options: str) -> list[dict[str, Any]]:
        """Return the resources of the state; ``options`` are those of `pulumi stack export`."""
        return read_resources(self.read_json_object("stack", "export", *options), f"The state of {self.name}")

    def read_json_object(self, *arguments: str) -> dict[str, Any]:
        """Return the JSON object that a command of Pulumi prints."""
        try:
            document = parse_document(self.run_or_raise(*arguments))
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise Problem(
                f"pulumi {' '.join(arguments[:2])} printed no JSON object for the stack {self.name}.",
                "Is it Pulumi 3, and can it read the stack? pulumi stack export",
            )
        return document

    def run_or_raise(self, *arguments: str | Path, stdin: str | None = None) -> str:
        """Run a command of Pulumi, and return what it prints. A secret is passed in ``stdin``, its standard input."""
        process = self.run(*arguments, stdin=stdin)
        if process.returncode:
            raise self.explain_failure(arguments, process.stderr or process.stdout)
        return process.stdout

    def run(self, *arguments: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command of Pulumi, and return its exit code and output.

        Args:
            arguments: The command and its arguments. A path is a `Path`, because its bytes may be no UTF-8.
            stdin: The text on its standard input.
        """
        program = shutil.which("pulumi", path=self.environment.get("PATH"))
        if program is None:
            raise Problem(
                "There is no pulumi on PATH, and only it can read the config and the state of a stack.",
                "Install it (https://www.pulumi.com/docs/install/), or leave out --stack to use the environment alone.",
            )
        if find_project_file(self.folder) is None:
            raise Problem(
                f"There is no Pulumi.yaml in {self.folder.resolve()} or a folder above it.",
                "Name the project's folder with -C.",
            )
        parts = [Path(program), *arguments, "--stack", self.name, "--non-interactive", "--color", "never"]
        command = [encode_argument(part) for part in parts]
        return run_process(command, self.folder, self.environment, stdin)

    def explain_failure(self, arguments: Sequence[str | Path], output: str) -> Problem:
        """Return the problem that a failed command with this output has, and what to do about it."""
        return explain_failure(self, arguments, output)
