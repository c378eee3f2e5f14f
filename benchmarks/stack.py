"""What is measured: one peer's Pulumi stack with a fresh backend and PULUMI_HOME, or a script without Pulumi."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from benchmarks.adobe import Adobe

PROGRAMS: Final = Path(__file__).with_name("programs")
_SECONDS: Final = 1800
_FLAGS: Final = ("--non-interactive", "--color", "never")
OPERATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "create": ("up", "--yes", "--skip-preview"),
    "no-op": ("up", "--yes", "--skip-preview"),
    "preview": ("preview",),
    "update": ("up", "--yes", "--skip-preview"),
    "refresh": ("refresh", "--yes", "--skip-preview"),
    "destroy": ("destroy", "--yes", "--skip-preview"),
}
"""What is measured of a stack, and the command that it is. An update changes one description."""


class Failed(Exception):
    """A command did not do what it was to do; the text is what it said."""


@dataclass(frozen=True)
class Taken:
    """What one command took: seconds, CPU seconds of all its processes, and bytes of memory at the most."""

    wall: float
    cpu: float
    memory: int


class Script:
    """A floor: the same requests without Pulumi, one after the other (``script``) or by four threads (``pool``)."""

    def __init__(self, folder: Path, peer: str, adobe: Adobe, connections: int, env: Mapping[str, str]) -> None:
        """``folder`` is its own."""
        folder.mkdir(parents=True)
        self.folder = folder
        self.peer = peer
        self._taken = folder / "taken.json"
        self._env = {**_base(adobe), "BENCH_CONNECTIONS": str(connections), **env}

    def measured(self, operation: str, env: Mapping[str, str] | None = None) -> Taken:
        """Run `create` or `destroy`. Raises Failed where it fails."""
        return self._measured([sys.executable, "-m", "benchmarks.floors", self.peer, operation], env)

    def state_bytes(self) -> int:
        """It keeps no state."""
        return 0

    def _measured(self, command: list[str], env: Mapping[str, str] | None) -> Taken:
        self._run([sys.executable, "-m", "benchmarks.meter", str(self._taken), *command], env)
        return Taken(**json.loads(self._taken.read_text("utf-8")))

    def _run(self, command: list[str], env: Mapping[str, str] | None = None) -> None:
        done = subprocess.run(  # noqa: S603 - the benchmark's own command
            command,
            cwd=self.folder,
            env={**self._env, **(env or {})},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise Failed(f"{' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


class Stack(Script):
    """The stack ``dev`` of one peer, whose program declares so many connections."""

    def __init__(self, folder: Path, peer: str, adobe: Adobe, connections: int, env: Mapping[str, str]) -> None:
        """Copy the peer's program there and make the stack."""
        super().__init__(folder / "program", peer, adobe, connections, env)
        self._taken = folder / "taken.json"
        (folder / "home" / "state").mkdir(parents=True)
        self.state_file = folder / "home" / "state" / ".pulumi" / "stacks" / "bench" / "dev.json"
        for source in (PROGRAMS / peer, PROGRAMS / "shared"):
            for file in source.glob("*.py"):
                shutil.copy(file, self.folder)
        runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": sys.prefix}}
        (self.folder / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "bench", "runtime": runtime}), "utf-8")
        backend = f"file://{folder / 'home' / 'state'}?metadata=skip"
        home = {"PULUMI_HOME": str(folder / "home"), "PULUMI_BACKEND_URL": backend}
        self._env = {**self._env, **home}
        self._run(["pulumi", "stack", "init", "dev", *_FLAGS])

    def measured(self, operation: str, env: Mapping[str, str] | None = None) -> Taken:
        """Run one of OPERATIONS. Raises Failed where it fails."""
        edition = {"BENCH_EDITION": "second"} if operation == "update" else {}
        return self._measured(["pulumi", *OPERATIONS[operation], *_FLAGS], {**edition, **(env or {})})

    def state_bytes(self) -> int:
        """How long the state's file is."""
        return self.state_file.stat().st_size


def _base(adobe: Adobe) -> dict[str, str]:
    """The caller's environment without its stacks and credentials, but with those of the benchmark.

    Without PYTHONDONTWRITEBYTECODE too, which some machines set: packages that people install are compiled.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ADOBE_", "PULUMI", "PYTHON"))}
    return {
        **kept,
        **adobe.env(),
        "PYTHONPATH": str(PROGRAMS.parents[1]),
        "PULUMI_CONFIG_PASSPHRASE": "benchmark",
        "PULUMI_STACK": "dev",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "ADOBE_TEST": "off",
    }
