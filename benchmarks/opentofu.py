"""OpenTofu with the generic REST provider as a subject: the connections that the others declare, in one HCL file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks.emulator import CLIENT, ORG, Emulator
from benchmarks.stack import PROGRAMS, CommandUsage, ScriptPeer

FOLDER_VARIABLE: Final = "BENCH_OPENTOFU"
"""The folder with both programs, which `make bench` builds."""
REASON_VARIABLE: Final = "BENCH_NO_OPENTOFU"
"""Why there is none."""
PROVIDER_VERSION: Final = "1.20.0"
_FLAGS: Final = ("-input=false", "-no-color")
OPERATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "create": ("apply", "-auto-approve", "-refresh=false"),
    "no-op": ("apply", "-auto-approve", "-refresh=false"),
    "preview": ("plan",),
    "refresh": ("apply", "-auto-approve", "-refresh-only"),
    "destroy": ("destroy", "-auto-approve", "-refresh=false"),
}
"""The command of each operation. Those of Pulumi read nothing before they write, so `-refresh=false` stands here."""


class OpenTofu(ScriptPeer):
    """The configuration of `programs/opentofu` in a folder of its own."""

    def __init__(self, folder: Path, peer: str, emulator: Emulator, connections: int, env: Mapping[str, str]) -> None:
        """Copy the configuration, and have OpenTofu take the built provider instead of asking a registry."""
        super().__init__(folder / "program", peer, emulator, connections, env)
        self._parallelism = env.get("BENCH_PARALLELISM", "")
        shutil.copy(PROGRAMS / peer / "main.tf", self.folder)
        settings = self.folder / "settings.tfrc"
        override = f'"mastercard/restapi" = {json.dumps(os.environ[FOLDER_VARIABLE])}'
        settings.write_text(f"provider_installation {{\n  dev_overrides {{\n    {override}\n  }}\n}}\n", "utf-8")
        self._env |= {
            "TF_CLI_CONFIG_FILE": str(settings),
            "TF_VAR_endpoint": emulator.url,
            "TF_VAR_client_id": CLIENT,
            "TF_VAR_org_id": ORG,
            "TF_VAR_sandbox": env["ADOBE_SANDBOX"],
            "TF_VAR_access_token": env["ADOBE_ACCESS_TOKEN"],
            "TF_VAR_connections": str(connections),
        }

    def measure(self, operation: str, env: Mapping[str, str] | None = None) -> CommandUsage:
        """Run one of OPERATIONS, and return the usage. Raises CommandFailed."""
        parallelism = (f"-parallelism={self._parallelism}",) if self._parallelism else ()
        tofu = str(Path(os.environ[FOLDER_VARIABLE]) / "tofu")
        return self._measure([tofu, *OPERATIONS[operation], *_FLAGS, *parallelism], env)

    def measure_state(self) -> int:
        """Return the size of the state file."""
        state = self.folder / "terraform.tfstate"
        return state.stat().st_size if state.exists() else 0


def is_available() -> bool:
    """Return whether the caller's environment names a build of OpenTofu."""
    return bool(os.environ.get(FOLDER_VARIABLE))


def describe() -> dict[str, str]:
    """Return the version of OpenTofu for the results, or why it is not measured."""
    if not is_available():
        return {"no_opentofu": os.environ.get(REASON_VARIABLE) or "`make bench` builds OpenTofu, this run had none"}
    command = [str(Path(os.environ[FOLDER_VARIABLE]) / "tofu"), "version", "-json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own build
    return {"opentofu": str(json.loads(answer.stdout)["terraform_version"])}
