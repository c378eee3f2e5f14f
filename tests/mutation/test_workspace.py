"""What is mutated is the package under its own name, run by this project's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation.workspace import ROOT, prepare


def test_mutation_workspace_has_core_tests_and_their_settings(tmp_path: Path) -> None:
    tomllib = pytest.importorskip("tomllib", reason="tomllib is in Python 3.11")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_gone.py").touch()

    prepare(tmp_path)

    settings = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    core = tmp_path / settings["mutmut"]["source_paths"][0] / "lifecycle" / "create.py"
    assert core.read_bytes() == (ROOT / "provider" / "pulumi_adobe" / "lifecycle" / "create.py").read_bytes()
    assert settings["pytest"]["ini_options"]["filterwarnings"] == ["error"]
    assert not (tmp_path / "tests" / "test_gone.py").exists()
    for path in settings["mutmut"]["pytest_add_cli_args_test_selection"]:
        assert path.startswith("--") or (tmp_path / path).exists()
