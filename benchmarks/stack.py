"""The subjects of the benchmarks: a Pulumi stack with its own backend and PULUMI_HOME, or a script without Pulumi."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks.emulator import Emulator

PROGRAMS: Final = Path(__file__).with_name("programs")
PROGRAM_FOLDERS: Final[Mapping[str, tuple[str, ...]]] = {"null-native": ("native", "null-native")}
"""The folders with the code of a peer, unless it has one of its own name: `null-native` is another plugin for the same
program, because the SDK that Pulumi generates is a part of every native provider."""
_NATIVE: Final = ("native", "null-native")
_SECONDS: Final = 1800
_FLAGS: Final = ("--non-interactive", "--color", "never")
_UP: Final = ("up", "--yes", "--skip-preview")
OPERATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "create": _UP,
    "no-op": _UP,
    "preview": ("preview",),
    "update": _UP,
    "refresh": ("refresh", "--yes", "--skip-preview"),
    "destroy": ("destroy", "--yes", "--skip-preview"),
}
"""The command of each operation on a stack. An update changes one description."""


class CommandFailed(Exception):
    """A command has failed; the text has its output."""


@dataclass(frozen=True)
class CommandUsage:
    """The usage of one command: seconds, CPU seconds of all its processes, and the peak of its memory in bytes."""

    wall: float
    cpu: float
    memory: int


class ScriptPeer:
    """A lower bound: the same requests without Pulumi, in sequence (``script``) or by four threads (``pool``)."""

    def __init__(self, folder: Path, peer: str, emulator: Emulator, connections: int, env: Mapping[str, str]) -> None:
        """Create the folder of the script."""
        folder.mkdir(parents=True)
        self.folder = folder
        self.peer = peer
        self._usage_file = folder / "usage.json"
        self._env = {**_build_base_env(emulator), "BENCH_CONNECTIONS": str(connections), **env}

    def measure(self, operation: str, env: Mapping[str, str] | None = None) -> CommandUsage:
        """Run `create` or `destroy`, and return the usage. Raises CommandFailed."""
        return self._measure([sys.executable, "-m", "benchmarks.floors", self.peer, operation], env)

    def measure_state(self) -> int:
        """Return 0, because a script has no state."""
        return 0

    def _measure(self, command: list[str], env: Mapping[str, str] | None) -> CommandUsage:
        self._run([sys.executable, "-m", "benchmarks.meter", str(self._usage_file), *command], env)
        return CommandUsage(**json.loads(self._usage_file.read_text("utf-8")))

    def _run(self, command: list[str], env: Mapping[str, str] | None = None) -> None:
        process = subprocess.run(  # noqa: S603 - the benchmark's own command
            command,
            cwd=self.folder,
            env={**self._env, **(env or {})},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        if process.returncode != 0:
            raise CommandFailed(f"{' '.join(command)}\n{process.stdout[-3000:]}{process.stderr[-3000:]}")


class PeerStack(ScriptPeer):
    """The stack ``dev`` of one peer, whose program declares ``connections`` connections."""

    def __init__(self, folder: Path, peer: str, emulator: Emulator, connections: int, env: Mapping[str, str]) -> None:
        """Copy the program of the peer into the folder, and create the stack."""
        super().__init__(folder / "program", peer, emulator, connections, env)
        (folder / "home" / "state").mkdir(parents=True)
        self.state_file = folder / "home" / "state" / ".pulumi" / "stacks" / "bench" / "dev.json"
        for name in (*PROGRAM_FOLDERS.get(peer, (peer,)), "shared"):
            for file in (PROGRAMS / name).glob("*.py"):
                shutil.copy(file, self.folder)
        runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": sys.prefix}}
        project = {"name": "bench", "runtime": runtime, **self._locate_plugin()}
        (self.folder / "Pulumi.yaml").write_text(yaml.safe_dump(project), "utf-8")
        backend = f"file://{folder / 'home' / 'state'}?metadata=skip"
        home = {"PULUMI_HOME": str(folder / "home"), "PULUMI_BACKEND_URL": backend}
        self._env = {**self._env, **home}
        self._run(["pulumi", "stack", "init", "dev", *_FLAGS])

    def _locate_plugin(self) -> dict[str, Any]:
        """Return the part of the project file that says where the plugin of a native peer is: `plugin.py`, or ours."""
        if self.peer not in _NATIVE:
            return {}
        folder, code = Path(sys.prefix) / "bin", self.folder / "plugin.py"
        if code.exists():
            folder, executable = self.folder, self.folder / "pulumi-resource-adobe"
            executable.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, str(code)])} "$@"\n', "utf-8")
            executable.chmod(0o755)
        return {"plugins": {"providers": [{"name": "adobe", "path": str(folder)}]}}

    def measure(self, operation: str, env: Mapping[str, str] | None = None) -> CommandUsage:
        """Run one of OPERATIONS, and return the usage. Raises CommandFailed."""
        edition = {"BENCH_EDITION": "second"} if operation == "update" else {}
        return self._measure(["pulumi", *OPERATIONS[operation], *_FLAGS], {**edition, **(env or {})})

    def measure_state(self) -> int:
        """Return the size of the state file."""
        return self.state_file.stat().st_size


def _build_base_env(emulator: Emulator) -> dict[str, str]:
    """Return the caller's environment, with the stacks and credentials of the benchmark in place of the caller's.

    It lacks PYTHONDONTWRITEBYTECODE, which some machines set, because installed packages are compiled.
    """
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("ADOBE_", "PULUMI", "PYTHON"))
    }
    return {
        **inherited,
        **emulator.build_env(),
        "PYTHONPATH": str(PROGRAMS.parents[1]),
        "PULUMI_CONFIG_PASSPHRASE": "benchmark",
        "PULUMI_STACK": "dev",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "ADOBE_TEST": "off",
    }
