"""Building the Pulumi CLI, with a Go that only plays its part."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.build import build_cli, locate_build
from engine.messages import Problem
from engine.project import Project
from tests.setup.fake_project import program, with_python

NEW_GO = 'test "$1" = env && echo go1.99.0 && exit'


def path_is(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(folder))


def test_cli_build_is_stored_under_its_version_with_our_language_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "path" / "go", NEW_GO, 'while [ "$1" != -o ]; do shift; done; echo built > "$2"')
    path_is(monkeypatch, tmp_path / "path")
    project = Project(tmp_path)

    cli = build_cli(project)

    assert cli.read_text(encoding="utf-8") == "built\n"
    assert {file.name for file in locate_build(project).iterdir()} == {
        "pulumi",
        "pulumi-language-python",
        "pulumi-resource-pulumi-python",
    }


def test_failed_build_is_reported_in_one_paragraph_with_its_last_output_and_leaves_no_cli(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "path" / "go", NEW_GO, "echo 'dial tcp: no such host' >&2", "exit 1")
    path_is(monkeypatch, tmp_path / "path")

    with pytest.raises(Problem, match=r"could not be built.*PULUMI=/path/to/pulumi(?s:.*)no such host"):
        build_cli(Project(tmp_path))
    assert not (locate_build(Project(tmp_path)) / "pulumi").exists()


@pytest.mark.slow
@pytest.mark.parametrize("old_go", [True, False])
def test_missing_go_and_network_are_reported_in_one_paragraph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, old_go: bool
) -> None:
    if old_go:
        program(tmp_path / "path" / "go", "echo go1.19.8")
    path_is(monkeypatch, tmp_path / "path")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)

    with pytest.raises(Problem, match=r"no Go that is new enough.*install Pulumi yourself"):
        build_cli(with_python(Project(tmp_path)))
