"""The supported versions: one list for the commands, the documentation, the distributions and the pipeline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from engine.build import GO_MOD
from engine.lock import OLDEST_PYTHON
from engine.messages import Problem
from engine.pulumi_versions import OLDEST_SDK_LOCK, PAIRS
from engine.pythons import SUPPORTED_PYTHONS, find_python
from engine.test_reports import VersionResult, report_results, select_versions
from engine.version import format_version, read_pulumi_version
from tests.plugin.test_sdk import VERIFIED_VERSIONS
from tests.setup.fake_project import ROOT, program

PAGE = (ROOT / "docs" / "reference" / "supported-versions.md").read_text(encoding="utf-8")


def read_row(title: str) -> list[str]:
    """Return the oldest and the newest version of a row of the page's first table."""
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| {title}"))
    return [cell.strip() for cell in line.split("|")[2:4]]


def read_sdk(lock: Path) -> str:
    (version,) = re.findall(r"^pulumi==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return str(version)


def test_the_page_has_the_versions_that_the_commands_test() -> None:
    clis = [format_version(read_pulumi_version(pair.go_mod)) for pair in PAIRS]
    sdks = [read_sdk(pair.sdk_lock or ROOT / "requirements" / "run.lock") for pair in PAIRS]

    assert read_row("Python ") == [SUPPORTED_PYTHONS[0], SUPPORTED_PYTHONS[-1]]
    assert read_row("Pulumi CLI") == clis
    assert read_row("Pulumi SDK") == sdks


def test_the_tested_sdks_are_those_that_are_verified() -> None:
    assert (read_sdk(OLDEST_SDK_LOCK), read_sdk(ROOT / "requirements" / "run.lock")) == VERIFIED_VERSIONS


def test_the_oldest_versions_are_those_that_the_distributions_and_the_set_up_require() -> None:
    provider = (ROOT / "provider" / "pyproject.toml").read_text(encoding="utf-8")

    assert f'requires-python = ">={SUPPORTED_PYTHONS[0]}"' in provider
    assert SUPPORTED_PYTHONS[0] == OLDEST_PYTHON
    assert f'"pulumi>={read_sdk(OLDEST_SDK_LOCK).removesuffix(".0")},<4"' in provider
    assert PAIRS[0].go_mod == GO_MOD


def test_the_pipeline_has_a_job_for_each_version() -> None:
    file = ROOT / "examples" / "ci" / "versions" / "versions.yml"
    jobs = yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]
    versions = {name: job["strategy"]["matrix"]["version"] for name, job in jobs.items()}

    assert versions == {"python": list(SUPPORTED_PYTHONS), "pulumi": [pair.name for pair in PAIRS]}


def test_a_python_is_found_by_its_version_not_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = program(tmp_path / "path" / "python3.14", "echo 3.13")
    right = program(tmp_path / "own" / "python", "echo 3.14")
    monkeypatch.setenv("PATH", str(wrong.parent))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "none"))
    before = find_python("3.14")
    monkeypatch.setenv("PYTHONS", f"{tmp_path / 'absent'} {right}")

    assert (before, find_python("3.14")) == (None, right)


def test_a_python_of_pyenv_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = program(tmp_path / "versions" / "3.12.1" / "bin" / "python3.12", "echo 3.12")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))

    assert find_python("3.12") == python


def test_versions_select_some_and_refuse_an_unknown_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERSIONS", "3.11,3.10")
    assert select_versions(SUPPORTED_PYTHONS) == ("3.11", "3.10")
    monkeypatch.setenv("VERSIONS", "3.9")
    with pytest.raises(Problem, match=r"VERSIONS names 3\.9"):
        select_versions(SUPPORTED_PYTHONS)


PASSED, FAILED = VersionResult("a", 0), VersionResult("b", 1)
NOT_RUN = VersionResult("Python 3.14", None, "this machine has none")


@pytest.mark.parametrize(
    ("results", "named", "exit_code"),
    [
        ([PASSED, NOT_RUN], "", 0),
        ([PASSED, NOT_RUN], "3.14", 1),
        ([PASSED, FAILED], "", 1),
        ([NOT_RUN], "", 1),
    ],
    ids=["one could not be run", "one that was named could not be run", "one failed", "none was run"],
)
def test_the_report_names_what_was_not_run_and_its_exit_code_tells_failures(
    results: list[VersionResult],
    named: str,
    exit_code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VERSIONS", named)

    assert report_results(results) == exit_code
    assert ("Python 3.14: not run, because this machine has none" in capsys.readouterr().err) is (NOT_RUN in results)
