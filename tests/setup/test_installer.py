"""The choice between uv and pip, with a uv that only plays its part."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.installer import UV_LOCK, Installer, find_pip_settings
from engine.messages import Problem
from engine.project import Project
from engine.steps import mark_step_done
from tests.setup.fake_project import program, with_python

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose pip has no settings of its own, as on most machines."""
    for name in ("PIP_CERT", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_INDEX_URL", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return with_python(Project(tmp_path))


def write_uv(project: Project, *lines: str) -> Path:
    """Put a program in the place of the pinned uv; it writes down how it was called."""
    calls = project.root / "calls"
    program(project.tools / "uv" / "bin" / "uv", *lines, f'echo "$@" >> "{calls}"')
    mark_step_done(project.tools / "uv" / "installed.sha256", [UV_LOCK])
    return calls


def test_uv_installs_where_it_can_run(project: Project) -> None:
    calls = write_uv(project)

    Installer(project).install("--no-deps", "--require-hashes", "-r", "run.lock")

    last_call = calls.read_text(encoding="utf-8").splitlines()[-1]
    assert last_call == f"pip install --python {project.python} --no-deps --require-hashes -r run.lock"


@pytest.mark.parametrize(
    ("variable", "value", "name"),
    [
        ("PIP_INDEX_URL", "https://user:planted@mirror.example/simple", "index-url"),
        ("PIP_CERT", "/etc/ssl/certs/acme.pem", "cert"),
        ("PIP_FIND_LINKS", "/wheels", "find-links"),
        ("REQUESTS_CA_BUNDLE", "/etc/ssl/certs/acme.pem", "REQUESTS_CA_BUNDLE"),
    ],
)
def test_pips_own_settings_are_found_by_name(
    project: Project, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, name: str
) -> None:
    before = find_pip_settings(project)
    monkeypatch.setenv(variable, value)

    assert (before, find_pip_settings(project)) == ([], [name])


def test_a_setting_of_pip_that_names_no_source_leaves_uv_in_use(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_DISABLE_PIP_VERSION_CHECK", "1")

    assert find_pip_settings(project) == []


def test_the_settings_of_a_pip_conf_count(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    file = project.root / "pip.conf"
    file.write_text("[global]\nindex-url = https://user:planted@mirror.example/simple\n", encoding="utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))

    # Files of the machine may have more.
    assert "index-url" in find_pip_settings(project)


def test_pip_installs_where_it_has_settings_of_its_own_and_no_value_is_shown(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = write_uv(project)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_PROXY", "http://user:planted@127.0.0.1:9")

    with pytest.raises(Problem, match="No matching distribution"):
        Installer(project).install("absent==1")

    assert not calls.exists()
    said = capsys.readouterr().err
    assert "no-index, proxy" in said
    assert "planted" not in said


@pytest.mark.parametrize("lines", [("exit 1",), ('test "$1" = pip && exit 1',)], ids=["cannot run", "fails"])
def test_pip_installs_where_uv_cannot(
    project: Project, capsys: pytest.CaptureFixture[str], lines: tuple[str, ...]
) -> None:
    """Here pip fails too, but by its own message."""
    write_uv(project, *lines)

    with pytest.raises(Problem, match=r"file does not exist|No such file"):
        Installer(project).install(str(project.root / "absent-1-py3-none-any.whl"))

    assert "so pip" in capsys.readouterr().err
