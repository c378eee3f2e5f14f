"""The tutorial is the test: its commands, typed in an empty folder with another HOME, must print what it shows."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.commands.typed import TUTORIAL
from tests.docs.test_links import ROOT

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
_PORT = "8765"
_TEMPLATE = Path("examples", "template")
_SECONDS = 900
"""The limit for all commands; the installation of the packages takes a minute, or several on a machine that is busy."""


@dataclass(frozen=True)
class Step:
    """A command of the tutorial, and the lines that the tutorial shows as its output."""

    command: str
    shown: tuple[str, ...]


def _read_steps(port: int) -> list[Step]:
    text = (ROOT / TUTORIAL).read_text("utf-8").replace(_PORT, str(port))
    pieces = [piece for block in _BLOCK.findall(text) for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    lines = [piece.rstrip("\n").split("\n") for piece in pieces]
    return [Step(command, tuple(shown)) for command, *shown in lines]


def _find_missing_line(shown: tuple[str, ...], printed: str) -> str | None:
    """Return the first shown line that is not printed, in this order; `…` stands for any text, blanks do not count."""
    printed_lines = iter([" ".join(line.split()) for line in printed.splitlines()])
    for line in shown:
        pattern = ".*".join(map(re.escape, " ".join(line.split()).split("…")))
        if not any(re.fullmatch(pattern, printed_line) for printed_line in printed_lines):
            return line
    return None


def _find_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _link_clone(clone: Path, port: int) -> None:
    """Make the reader's clone of links to this one. Only the template is a copy: its emulator has another port."""
    (clone / _TEMPLATE.parent).mkdir(parents=True)
    for path in (*ROOT.iterdir(), ROOT / "dist"):
        if path.name != _TEMPLATE.parent.name and not (clone / path.name).is_symlink():
            (clone / path.name).symlink_to(path)
    shutil.copytree(ROOT / _TEMPLATE, clone / _TEMPLATE, ignore=shutil.ignore_patterns(".venv", "__pycache__"))
    project_file = clone / _TEMPLATE / "Pulumi.yaml"
    project_file.write_text(project_file.read_text("utf-8").replace(_PORT, str(port)), encoding="utf-8")


def _build_environment(home: Path) -> dict[str, str]:
    """Return the environment of a reader who has Python and Pulumi, but none of this project's packages."""
    own = ("ADOBE_", "PULUMI", "PYTHON", "VIRTUAL_ENV", "PIP_FIND_LINKS", "MAKE", "COV_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    folders = [folder for folder in os.environ["PATH"].split(os.pathsep) if folder != str(Path(sys.prefix) / "bin")]
    return {
        **inherited,
        "HOME": str(home),
        "PATH": os.pathsep.join([str(Path(sys.base_prefix) / "bin"), *folders]),
        "COLUMNS": "140",
        # Packages that an earlier test has downloaded are not downloaded again.
        "PIP_CACHE_DIR": str(ROOT / ".tools" / "pip-cache"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A port of the emulator, which is stopped even if the tutorial ends too early."""
    yield _find_free_port()
    for emulator in tmp_path.rglob("bin/flow-service-emulator"):
        subprocess.run([str(emulator), "--stop"], cwd=emulator.parents[2], check=True)


@pytest.mark.engine
@pytest.mark.slow
@pytest.mark.timeout(_SECONDS + 60)
@pytest.mark.usefixtures("engine")
def test_the_tutorial_works_in_an_empty_folder_and_prints_what_it_shows(tmp_path: Path, port: int) -> None:
    home, folder, outputs = tmp_path / "home", tmp_path / "empty", tmp_path / "outputs"
    for path in (home, folder, outputs):
        path.mkdir()
    _link_clone(home / "flow-connections", port)
    steps = _read_steps(port)
    script = "\n".join(
        f"{{ {step.command}\n}} >{outputs}/{number} 2>&1 </dev/null || exit 1" for number, step in enumerate(steps)
    )

    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=_build_environment(home), timeout=_SECONDS, check=False
    )

    printed = [
        file.read_text("utf-8") if (file := outputs / str(number)).exists() else "" for number in range(len(steps))
    ]
    last = max((number for number in range(len(steps)) if (outputs / str(number)).exists()), default=0)
    assert done.returncode == 0, f"$ {steps[last].command}\n{printed[last]}"
    for step, text in zip(steps, printed, strict=True):
        assert _find_missing_line(step.shown, text) is None, f"$ {step.command}\n{text}"
    assert list(folder.iterdir()) == []


def test_the_tutorial_shows_a_result_of_each_kind_of_command() -> None:
    shown = {step.command.split()[0] for step in _read_steps(8765) if step.shown}

    assert shown == {"make", "pulumi", "flow-service-emulator", "adobe-flow", "curl"}


@pytest.mark.parametrize(
    ("shown", "missing"), [(("a …", "c"), None), (("c", "a …"), "a …"), (("a",), "a"), (("a  b",), None)]
)
def test_a_shown_line_must_be_printed_whole_and_in_order(shown: tuple[str, ...], missing: str | None) -> None:
    assert _find_missing_line(shown, "a   b\nc\n") == missing
