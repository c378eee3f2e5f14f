"""The folders and files of the project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ENGINE = Path(__file__).resolve().parent
"""The folder of the set-up, with go.mod and the lock files of its own tools."""
STACK = "dev"
"""The stack that works against the emulator; `make up` knows no other."""


@dataclass(frozen=True)
class Project:
    """The folders and files of one clone."""

    root: Path
    variant: str = ""
    """The name of a test environment with another Python or another Pulumi; empty for the usual one."""

    @property
    def venv(self) -> Path:
        """The virtual environment with Python's packages."""
        return self._variant_folder / "venv" if self.variant else self.root / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter of the virtual environment."""
        return self.venv / "bin" / "python"

    @property
    def tools(self) -> Path:
        """The folder of the Pulumi CLI and of the tools that built it."""
        return self.root / ".tools"

    @property
    def bin(self) -> Path:
        """The folder that comes first on PATH, with links to the chosen Pulumi CLI."""
        return self._variant_folder / "bin" if self.variant else self.tools / "bin"

    @property
    def _variant_folder(self) -> Path:
        return self.tools / "variants" / self.variant

    @property
    def pulumi_home(self) -> Path:
        """The PULUMI_HOME of all runs; ~/.pulumi is never touched."""
        return self.tools / "pulumi-home"

    @property
    def state(self) -> Path:
        """The folder with the states of the stacks and the data of the emulator."""
        return self.root / ".state"

    @property
    def backend(self) -> Path:
        """The folder of Pulumi's file backend."""
        return self.state / "pulumi"

    @property
    def emulator_data(self) -> Path:
        """The database of the emulator."""
        return self.state / "emulator.db"

    @property
    def stack_file(self) -> Path:
        """The committed configuration of the dev stack."""
        return self.root / "stacks" / f"Pulumi.{STACK}.yaml"

    def locate_lock(self, group: str) -> Path:
        """Return the lock file of a group of packages."""
        return self.root / "requirements" / f"{group}.lock"

    def list_distributions(self) -> list[Path]:
        """Return the folders of our distributions that exist."""
        files = sorted(self.root.glob("*/pyproject.toml"))
        return [file.parent for file in files if "\n[project]\n" in file.read_text(encoding="utf-8")]


def locate_project() -> Project:
    """Return the clone that this code belongs to."""
    return Project(Path(__file__).resolve().parent.parent)
