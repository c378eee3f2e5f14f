"""The packages of the virtual environment."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from engine.messages import Problem
from engine.packages import CHECK, RUN, install, is_installed
from engine.project import Project
from engine.steps import is_step_done, mark_step_done
from tests.setup.fake_project import with_python


def write_lock(project: Project, group: str, text: str) -> Path:
    lock = project.locate_lock(group)
    lock.parent.mkdir(exist_ok=True)
    lock.write_text(text, encoding="utf-8")
    return lock


def test_a_step_is_done_until_one_of_its_files_changes(tmp_path: Path) -> None:
    note, lock = tmp_path / "note", tmp_path / "run.lock"
    lock.write_text("a==1", encoding="utf-8")
    before = is_step_done(note, [lock])
    mark_step_done(note, [lock])

    assert (before, is_step_done(note, [lock])) == (False, True)
    lock.write_text("a==2", encoding="utf-8")
    assert not is_step_done(note, [lock])


@pytest.mark.slow
def test_unavailable_packages_are_reported_in_one_paragraph_and_the_step_is_repeated_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    project = with_python(Project(tmp_path))
    write_lock(project, RUN, f"nothing==1 --hash=sha256:{'0' * 64}\n")

    with pytest.raises(Problem, match=r"could not be installed(?s:.*)No matching distribution"):
        install(project, [RUN])
    assert not is_installed(project)
    assert not (project.venv / "run.sha256").exists()


def test_installed_package_is_not_installed_again(tmp_path: Path) -> None:
    project = with_python(Project(tmp_path))
    mark_step_done(project.venv / "run.sha256", [write_lock(project, RUN, "nothing==1\n")])

    install(project, [RUN])

    assert not (project.tools / "packages.log").exists()


def _wheel(folder: Path, name: str, version: str, *metadata: str) -> str:
    """A wheel with nothing but its metadata; its SHA-256."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        lines = ("Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata, "")
        archive.writestr(f"{info}/METADATA", "\n".join(lines))
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.slow
def test_only_the_missing_groups_are_installed_in_the_locked_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip 23, with a package that asks for another one with extras, takes the newest of it and misses its hash."""
    index = tmp_path / "index"
    index.mkdir()
    locked = _wheel(index, "measured", "1.0", "Provides-Extra: toml")
    _wheel(index, "measured", "1.1", "Provides-Extra: toml")
    asking = _wheel(index, "asking", "1.0", "Requires-Dist: measured[toml] (>=1.0)")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    project = with_python(Project(tmp_path))
    mark_step_done(project.venv / "run.sha256", [write_lock(project, RUN, "absent==1\n")])
    write_lock(project, CHECK, f"measured==1.0 --hash=sha256:{locked}\nasking==1.0 --hash=sha256:{asking}\n")

    install(project, [RUN, CHECK])

    assert next(project.venv.glob("lib/python*/site-packages/measured-1.0.dist-info")).is_dir()
    assert is_step_done(project.venv / "check.sha256", [project.locate_lock(CHECK)])
