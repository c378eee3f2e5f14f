"""What a look at a Pulumi CLI finds."""

from __future__ import annotations

import os
from pathlib import Path

from engine.cli import find_on_path, probe_cli
from tests.setup.fake_project import program, pulumi


def test_cli_has_a_version_and_a_language_host(tmp_path: Path) -> None:
    cli = probe_cli(pulumi(tmp_path, "3.260.1"), search="")

    assert (cli.version, cli.has_host) == ((3, 260, 1), True)


def test_language_host_may_be_beside_the_target_of_a_symbolic_link(tmp_path: Path) -> None:
    link = tmp_path / "pulumi"
    link.symlink_to(pulumi(tmp_path / "cellar", "3.260.1"))

    assert probe_cli(link, search="").has_host


def test_language_host_may_be_elsewhere_on_path(tmp_path: Path) -> None:
    cli = pulumi(tmp_path / "bare", "3.260.1", host=False)
    program(tmp_path / "hosts" / "pulumi-language-python")

    assert not probe_cli(cli, search=str(cli.parent)).has_host
    assert probe_cli(cli, search=str(tmp_path / "hosts")).has_host


def test_missing_cli_file_has_no_version_and_a_reason(tmp_path: Path) -> None:
    cli = probe_cli(tmp_path / "missing", search="")

    assert cli.version is None
    assert "No such file" in cli.failure


def test_failing_cli_has_its_output_as_the_reason(tmp_path: Path) -> None:
    cli = probe_cli(program(tmp_path / "pulumi", "echo wrong machine >&2", "exit 3"), search="")

    assert (cli.version, cli.failure) == (None, "wrong machine")


def test_search_finds_the_first_cli_outside_our_own_folder(tmp_path: Path) -> None:
    own = pulumi(tmp_path / ".tools" / "bin", "3.259.0")
    other = pulumi(tmp_path / "usr", "3.259.0")
    search = os.pathsep.join([str(own.parent), str(other.parent)])

    assert find_on_path(search, without=tmp_path / ".tools") == other


def test_search_finds_no_cli_if_only_ours_exists(tmp_path: Path) -> None:
    own = pulumi(tmp_path / ".tools" / "bin", "3.259.0")

    assert find_on_path(str(own.parent), without=tmp_path / ".tools") is None
