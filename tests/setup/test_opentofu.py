"""Building OpenTofu, with a Go that only plays its part."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.opentofu import MODULES, provide_opentofu
from engine.project import Project
from tests.setup.fake_project import program

TOFU, PROVIDER = MODULES


def install_go(folder: Path, monkeypatch: pytest.MonkeyPatch, checksum: str = "", build: str = "") -> Project:
    """Put a Go on PATH whose module cache has a read-only folder; it records what it is asked to build."""
    (folder / "module").mkdir()
    (folder / "module" / "go.mod").write_text("module x\n", "utf-8")
    (folder / "module" / "go.mod").chmod(0o444)
    sums = {module.path: {"Sum": checksum or module.checksum, "Dir": str(folder / "module")} for module in MODULES}
    answers = "".join(f"case $4 in {path}@*) echo '{json.dumps(answer)}';; esac\n" for path, answer in sums.items())
    download = f'if [ "$2" = download ]; then {answers} exit; fi'
    build = (
        build or f'echo "$*" >> {folder}/built; echo x >> go.mod; while [ "$1" != -o ]; do shift; done; echo y > "$2"'
    )
    program(folder / "path" / "go", 'test "$1" = env && echo go1.99.0 && exit', download, build)
    monkeypatch.setenv("PATH", f"{folder / 'path'}:/usr/bin:/bin")
    project = Project(folder)
    project.tools.mkdir()
    return project


def test_both_programs_are_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = install_go(tmp_path, monkeypatch)

    variables = [provide_opentofu(project), provide_opentofu(project)]

    assert variables[0] == variables[1]
    folder = Path(variables[0]["BENCH_OPENTOFU"])
    assert sorted(file.name for file in folder.iterdir()) == ["terraform-provider-restapi", "tofu"]
    assert len((tmp_path / "built").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("go", "reason"),
    [
        ({"checksum": "h1:other"}, "has another checksum"),
        ({"build": "echo no space left; exit 1"}, "could not be built"),
    ],
    ids=["another module", "no build"],
)
def test_a_build_that_fails_is_a_reason_and_leaves_no_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, go: dict[str, str], reason: str
) -> None:
    project = install_go(tmp_path, monkeypatch, **go)

    variables = provide_opentofu(project)

    assert reason in variables["BENCH_NO_OPENTOFU"]
    assert [file for file in project.tools.glob("opentofu*/*") if file.name != "source"] == []
