"""A Pulumi project in a folder of its own, run by the real engine against an emulator."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.emulator_process import EmulatorProcess
from tests.stack.new_stacks import NEW_STACKS, NewStack, note_secret, set_known_secret

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(__file__).with_name("programs")
PASSPHRASE = "engine-tests"
ORG, OTHER_ORG = "0123456789ABCDEF01234567@AdobeOrg", "89ABCDEF0123456789ABCDEF@AdobeOrg"
ACCESS_TOKEN = "dapi-engine-test-4f1d2c3b"
CONNECTION = {
    "name": "Databricks connection to Experience Platform",
    "description": "A Databricks base connection to Experience Platform",
    "domain": "https://adb-1234567890123456.7.azuredatabricks.net",
    "clusterId": "xxxx",
    "database": "acme-db",
}


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and everything that it said."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def text(self) -> str:
        return self.stdout + self.stderr


class StackProject:
    """The project in ``folder``, with a backend, a PULUMI_HOME and a selected stack of its own."""

    def __init__(  # noqa: PLR0913 - what a test may want to be different
        self,
        folder: Path,
        emulator: EmulatorProcess,
        program: Path = ROOT,
        python: Path | None = None,
        env: dict[str, str] | None = None,
        *,
        stack: str = "dev",
    ) -> None:
        """Copy the program there: ours, or one of `PROGRAMS`. ``python`` is its environment, ours or another."""
        self.folder = folder
        self.emulator = emulator
        self.env: dict[str, str] = dict(env or {})
        self._stack = stack
        self._name = "flow-connections"
        self.longest_seconds = 120
        self._home = folder.parent / f"{folder.name}-pulumi"
        (self._home / "state").mkdir(parents=True)
        _copy(program, folder, python or Path(sys.prefix))
        self.config: dict[str, Any] = {
            "adobe:endpoint": emulator.url,
            "adobe:imsEndpoint": emulator.url,
            "adobe:orgId": ORG,
            "adobe:sandbox": "dev",
            "adobe:clientId": "emulator-client-id",
        }
        self.write_config()
        self._begin_stack()
        self.set_secret("adobe:clientSecret", "emulator-client-secret")

    def _begin_stack(self) -> None:
        """Begin with an empty stack. Pulumi makes the first one of a name, where no variable names another place."""
        if not self.env and self._stack in NEW_STACKS:
            NEW_STACKS[self._stack].write(self.stack_file, self.state_folder())
            return
        self.pulumi("stack", "init", self._stack)
        if not self.env:
            NEW_STACKS[self._stack] = NewStack.read(self.stack_file, self.state_folder())

    def write_config(self, **changed: Any) -> None:
        """Write the stack's plain config anew, the encrypted values kept."""
        self.config.update(changed)
        file = self.stack_file
        written = yaml.safe_load(file.read_text()) if file.exists() else {}
        kept = {key: value for key, value in (written.get("config") or {}).items() if "secure" in json.dumps(value)}
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump({**written, "config": {**kept, **self.config}}))

    @property
    def stack_file(self) -> Path:
        return self.folder / "stacks" / f"Pulumi.{self._stack}.yaml"

    def declare(self, **connections: dict[str, Any]) -> None:
        """Put these into the stack's `connections`, each on top of the tutorial's, each with an access token."""
        name = "flow-connections:connections"
        before = self.config.get(name, {})
        self.write_config(**{name: {each: {**CONNECTION, **fields} for each, fields in connections.items()}})
        for each in connections:
            if each not in before:
                self.set_access_token(each, ACCESS_TOKEN)

    def set_access_token(self, connection: str, access_token: str) -> None:
        self.set_secret(f"accessTokens.{connection}", access_token, "--path")

    def set_secret(self, key: str, value: str, *flags: str) -> None:
        is_path = flags == ("--path",)
        may_be_known = is_path or (not flags and ":" in key)
        if may_be_known and set_known_secret(self.stack_file, self._name, key, value):
            return
        self.pulumi("config", "set", "--secret", *flags, key, value)
        if may_be_known:
            note_secret(self.stack_file, self._name, key, value)

    def up(self, *flags: str, succeeds: bool = True) -> Outcome:
        return self.pulumi("up", "--yes", "--skip-preview", *flags, succeeds=succeeds)

    def preview(self, *flags: str, succeeds: bool = True) -> Outcome:
        return self.pulumi("preview", *flags, succeeds=succeeds)

    def refresh(self, *flags: str, succeeds: bool = True) -> Outcome:
        return self.pulumi("refresh", "--yes", "--skip-preview", *flags, succeeds=succeeds)

    def destroy(self, *flags: str, succeeds: bool = True) -> Outcome:
        return self.pulumi("destroy", "--yes", "--skip-preview", *flags, succeeds=succeeds)

    def output(self, name: str) -> Any:
        """Return an output of the stack, in clear; the CLI is asked only to decrypt it."""
        (stack,) = (each for each in self.state() if each["type"] == "pulumi:pulumi:Stack")
        if "ciphertext" not in json.dumps(stack["outputs"][name]):
            return stack["outputs"][name]
        return json.loads(self.pulumi("stack", "output", "--json", "--show-secrets").stdout)[name]

    def state(self) -> list[dict[str, Any]]:
        """The resources of the state, as the file holds them."""
        return list(self.state_deployment().get("resources") or [])

    def state_deployment(self) -> dict[str, Any]:
        """The whole of the state, with the operations that a killed run left pending."""
        files = list(self.state_folder().glob(f".pulumi/stacks/*/{self._stack}.json"))
        if len(files) != 1:  # the state is in another backend
            return dict(json.loads(self.pulumi("stack", "export").stdout)["deployment"])
        # As `pulumi stack export` shows it, without half a second for the CLI.
        return dict(json.loads(files[0].read_text())["checkpoint"].get("latest") or {})

    def resource(self, name: str) -> dict[str, Any]:
        return next(each for each in self.state() if each["urn"].endswith(f"::{name}"))

    def names_in_state_now(self) -> set[str]:
        """What the state holds at this moment of a running update; what is only begun (pending) is not in it yet."""
        return {each["urn"].split("::", 3)[3] for each in self.resources_now()}

    def resources_now(self) -> list[dict[str, Any]]:
        """The resources of the state at this moment of a running update."""
        try:
            return self.state()
        except json.JSONDecodeError:  # the file is being written
            return []

    def state_folder(self) -> Path:
        """The folder of the backend."""
        return self._home / "state"

    def state_files(self) -> str:
        """Everything that the backend keeps, history and backups included."""
        files = [file for file in self.state_folder().rglob("*") if file.is_file()]
        return "\n".join(file.read_text(errors="replace") for file in files)

    def pulumi(self, *arguments: str, succeeds: bool | None = True) -> Outcome:
        """Run the CLI; ``succeeds`` says what its exit code must tell; None where both may be."""
        done = subprocess.run(
            ["pulumi", *arguments, "--non-interactive", "--color", "never"],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=self.longest_seconds,
            check=False,
        )
        outcome = Outcome(done.returncode, done.stdout, done.stderr)
        assert succeeds is None or (outcome.exit_code == 0) is succeeds, outcome.text
        return outcome

    def environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ADOBE_", "PULUMI"))},
            "PULUMI_HOME": str(self._home),
            "PULUMI_BACKEND_URL": f"file://{self._home / 'state'}?metadata=skip",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_STACK": self._stack,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            **self.env,
        }


def _copy(program: Path, folder: Path, python: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shared = (PROGRAMS / "shared").glob("*.py") if program.parent == PROGRAMS else ()
    for file in (*program.glob("*.py"), *shared):
        shutil.copy(file, folder)
    project = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())
    project["runtime"]["options"]["virtualenv"] = str(python)
    if program != ROOT:
        del project["config"]
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(project))
