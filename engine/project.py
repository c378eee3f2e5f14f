"""Where everything of the project lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

STACK = "dev"
"""The stack that talks to the emulator; `make up` knows no other."""


@dataclass(frozen=True)
class Project:
    """The folders and files of one clone."""

    root: Path

    @property
    def venv(self) -> Path:
        """Python's packages."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter of the virtual environment."""
        return self.venv / "bin" / "python"

    @property
    def tools(self) -> Path:
        """The Pulumi CLI and what it was made with."""
        return self.root / ".tools"

    @property
    def bin(self) -> Path:
        """The folder that comes first on PATH: links to the Pulumi CLI that was chosen."""
        return self.tools / "bin"

    @property
    def pulumi_home(self) -> Path:
        """In the place of ~/.pulumi, which is never touched."""
        return self.tools / "pulumi-home"

    @property
    def state(self) -> Path:
        """What runs leave behind: the stacks' state and the emulator's data."""
        return self.root / ".state"

    @property
    def backend(self) -> Path:
        """The folder of Pulumi's file backend."""
        return self.state / "pulumi"

    @property
    def emulator_data(self) -> Path:
        """What the emulator keeps."""
        return self.state / "emulator.db"

    @property
    def stack_file(self) -> Path:
        """The committed configuration of the dev stack."""
        return self.root / "stacks" / f"Pulumi.{STACK}.yaml"

    def distributions(self) -> list[Path]:
        """The folders with a distribution of ours, as far as they exist."""
        found = sorted(self.root.glob("*/pyproject.toml"))
        return [file.parent for file in found if "\n[project]\n" in file.read_text(encoding="utf-8")]


def here() -> Project:
    """The clone that this code belongs to."""
    return Project(Path(__file__).resolve().parent.parent)
