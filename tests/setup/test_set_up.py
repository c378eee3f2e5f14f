"""Packages and the Pulumi CLI are provided at the same time, with programs that only play their parts."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from engine.installer import UV_LOCK
from engine.messages import Problem
from engine.packages import RUN
from engine.project import Project
from engine.set_up import set_up
from engine.steps import mark_step_done
from tests.setup.fake_project import program, pulumi, with_python

GO = 'test "$1" = env && echo go1.99.0 && exit'
WRITE_OUTPUT = 'while [ "$1" != -o ]; do shift; done; echo built > "$2"'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with an environment that has pip, and a PATH without a Pulumi CLI."""
    for name in ("PULUMI", "INSTALLER", "PYTHON"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path / 'path'}:/usr/bin:/bin")
    project = with_python(Project(tmp_path))
    project.locate_lock(RUN).parent.mkdir()
    return project


def lock_what_is_installed(project: Project) -> None:
    lock = project.locate_lock(RUN)
    lock.write_text("present==1\n", encoding="utf-8")
    mark_step_done(project.venv / "run.sha256", [lock])


def lock_what_cannot_be_had(project: Project) -> None:
    project.locate_lock(RUN).write_text(f"absent==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")


def test_both_are_provided(project: Project) -> None:
    lock_what_is_installed(project)
    program(project.root / "path" / "go", GO, WRITE_OUTPUT)

    set_up(project, [RUN], with_cli=True)

    assert (project.bin / "pulumi").read_text(encoding="utf-8") == "built\n"


@pytest.mark.slow
def test_packages_are_installed_while_the_cli_compiles(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the two programs waits for the other one: one after the other they would fail."""
    for name in ("PIP_NO_INDEX", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    wait_for = 'n=0; until [ -e "{}" ]; do n=$((n+1)); [ $n -lt 300 ] || exit 1; sleep 0.1; done'
    installing, compiling = project.root / "installing", project.root / "compiling"
    uv = project.tools / "uv" / "bin" / "uv"
    program(uv, '[ "$1" = --version ] && exit', f'echo > "{installing}"', wait_for.format(compiling))
    mark_step_done(uv.parents[1] / "installed.sha256", [UV_LOCK])
    go = (GO, f'echo > "{compiling}"', wait_for.format(installing), WRITE_OUTPUT)
    program(project.root / "path" / "go", *go)
    project.locate_lock(RUN).write_text("present==1\n", encoding="utf-8")

    set_up(project, [RUN], with_cli=True)

    assert (project.bin / "pulumi").exists()
    assert (project.venv / "run.sha256").exists()


def test_a_named_cli_counts_for_later_commands_too(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PULUMI, `make preview` after `PULUMI=… make up` would build a CLI for minutes."""
    lock_what_is_installed(project)
    cli = pulumi(project.root / "elsewhere", "3.300.0")

    monkeypatch.setenv("PULUMI", str(cli))
    set_up(project, [RUN], with_cli=True)
    monkeypatch.delenv("PULUMI")
    set_up(project, [RUN], with_cli=True)

    assert (project.bin / "pulumi").readlink() == cli


def test_a_command_without_the_cli_does_not_build_it(project: Project) -> None:
    lock_what_is_installed(project)

    set_up(project, [RUN], with_cli=False)

    assert not project.bin.exists()


def test_a_cli_that_cannot_be_built_is_the_error(project: Project) -> None:
    lock_what_is_installed(project)
    program(project.root / "path" / "go", GO, "echo 'no such host' >&2; exit 1")

    with pytest.raises(Problem, match=r"CLI could not be built(?s:.*)no such host"):
        set_up(project, [RUN], with_cli=True)


@pytest.mark.slow
def test_packages_that_fail_end_the_compiler(project: Project) -> None:
    lock_what_cannot_be_had(project)
    ended = project.root / "ended"
    program(project.root / "path" / "go", GO, f"trap 'kill $!; echo > \"{ended}\"; exit' TERM", "sleep 120 & wait")
    start = time.monotonic()

    with pytest.raises(Problem, match="packages could not be installed"):
        set_up(project, [RUN], with_cli=True)

    assert ended.exists()
    assert time.monotonic() - start < 60
