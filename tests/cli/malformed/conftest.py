"""The command line against an emulator that shows malformed entities, on a stack whose files the test writes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from adobe_flow.commands.schema import read_output_schemas
from adobe_flow.exit_codes import DONE, FAILED, FOUND
from adobe_flow.safe_output import REDACTOR
from tests.cli.command_line import Outcome, run
from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG

MANY = 1_000_000


@dataclass(frozen=True)
class MalformedWorld:
    """A stack's folder, an emulator, and the command line on both."""

    folder: Path
    emulator: EmulatorProcess
    capsys: pytest.CaptureFixture[str]
    settings: dict[str, str]

    def show(self, collection: str, items: Any) -> None:
        """Have Flow Service list these items from now on."""
        self.answer(f"GET /{collection}", {"items": items}, times=MANY)

    def answer(self, route: str, body: Any, times: int = 1) -> None:
        """Have Flow Service answer this; as a text, because the emulator itself takes no half of a character."""
        headers = {"content-type": "application/json"}
        self.emulator.fault(route, status=200, headers=headers, rawBody=json.dumps(body), times=times)

    def write(self, **documents: Any) -> None:
        """Have Pulumi print these: `config`, `state`, `preview`, `plan`; a text is written as it is."""
        for name, document in documents.items():
            text = document if isinstance(document, str) else json.dumps(document)
            (self.folder / f"{name}.json").write_text(text)

    def environment(self) -> dict[str, str]:
        """Return the settings as variables of the environment."""
        return {_to_variable(key): value for key, value in self.settings.items()}

    def config(self, **values: Any) -> None:
        """Have the stack these config values beside its settings."""
        entries = {f"p:{key}": {"value": value} for key, value in values.items()}
        self.write(config={**{key: {"value": value} for key, value in self.settings.items()}, **entries})

    def __call__(self, *arguments: str) -> Outcome:
        """Run a command, and make sure that it ended in one of the ways that its documentation has."""
        said = run(self.capsys, *arguments)
        assert said.exit_code in {DONE, FOUND, FAILED}, f"{arguments}: {said.exit_code}\n{_details(said.stderr)}"
        assert "Traceback" not in said.stderr
        assert "\x1b" not in said.stdout + said.stderr
        if "--json" in arguments and said.stdout:
            jsonschema.validate(
                said.json, json.loads(read_output_schemas()[arguments[0]]), jsonschema.Draft202012Validator
            )
        return said


def _to_variable(key: str) -> str:
    return "".join(f"_{each}" if each.isupper() else each for each in key.replace(":", "_")).upper()


def _details(stderr: str) -> str:
    """The traceback that a defect has left in a file."""
    names = [word for word in stderr.split() if word.endswith(".log")]
    return "\n".join([stderr, *(Path(name).read_text("utf-8") for name in names)])


@pytest.fixture
def world(
    emulator: EmulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[MalformedWorld]:
    yield from open_world(emulator, tmp_path, monkeypatch, capsys)


def open_world(
    emulator: EmulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[MalformedWorld]:
    """Yield a stack whose Pulumi prints what the test writes."""
    REDACTOR.__init__()  # type: ignore[misc]  # each test is a process of its own
    for name in [name for name in os.environ if name.startswith(("ADOBE_", "PULUMI"))]:
        monkeypatch.delenv(name)
    program = tmp_path / "bin" / "pulumi"
    program.parent.mkdir()
    program.write_text(Path(__file__).with_name("pulumi.sh").read_text())
    program.chmod(0o755)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: p\n")
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(folder)
    settings = {
        "adobe:endpoint": emulator.url,
        "adobe:imsEndpoint": emulator.url,
        "adobe:orgId": ORG,
        "adobe:sandbox": "dev",
        "adobe:clientId": "emulator-client-id",
        # One token for all commands of a test: what this process has to redact does not grow.
        "adobe:accessToken": AdobeClient(emulator.url).token,
        "adobe:timeout": "2",
    }
    for key, value in settings.items():
        monkeypatch.setenv(_to_variable(key), value)
    found = MalformedWorld(folder, emulator, capsys, settings)
    found.config()
    found.write(state={"deployment": {"resources": []}}, plan={"resourcePlans": {}}, preview={"steps": []})
    found.write(secrets={"adobe-flow:0": {"value": '"dapi-1"', "secret": True}}, **{"import": {"resources": []}})
    yield found
    emulator.clear_faults()
