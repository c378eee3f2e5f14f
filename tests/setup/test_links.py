"""The folder that comes first on PATH."""

from __future__ import annotations

from pathlib import Path

from engine.links import link_cli_into_bin
from tests.setup.fake_project import program, pulumi


def test_only_the_cli_and_its_own_language_host_are_linked(tmp_path: Path) -> None:
    cli = pulumi(tmp_path / "usr", "3.259.0")
    program(tmp_path / "usr" / "python3")

    link_cli_into_bin(tmp_path / "bin", cli)

    assert sorted(file.name for file in (tmp_path / "bin").iterdir()) == ["pulumi", "pulumi-language-python"]
    assert (tmp_path / "bin" / "pulumi").resolve() == cli


def test_repeated_linking_changes_nothing(tmp_path: Path) -> None:
    cli = pulumi(tmp_path / "usr", "3.259.0")

    assert link_cli_into_bin(tmp_path / "bin", cli)
    assert not link_cli_into_bin(tmp_path / "bin", cli)


def test_linking_another_cli_replaces_our_language_host_by_its_own(tmp_path: Path) -> None:
    ours = pulumi(tmp_path / "built", "3.259.0")
    theirs = pulumi(tmp_path / "usr", "3.259.0", host=False)
    link_cli_into_bin(tmp_path / "bin", ours)

    assert link_cli_into_bin(tmp_path / "bin", theirs)
    assert [file.name for file in (tmp_path / "bin").iterdir()] == ["pulumi"]
