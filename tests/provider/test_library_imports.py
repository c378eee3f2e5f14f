"""A file beside the program that has the name of a library is no obstacle, or is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

IMPORT_CLIENT = """
with prefer_installed_libraries():
    import pulumi_adobe.flow_service.transport
"""


def run_beside(folder: Path, *lines: str) -> str:
    """Run a program in a folder, whose modules come first, and return what it printed."""
    code = "\n".join(["import sys", "from pulumi_adobe.library_imports import prefer_installed_libraries", *lines])
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "requests",
        "hmac",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("urllib3", "certifi", "idna", "charset_normalizer", "mimetypes")
        ),
    ],
)
def test_program_file_is_not_imported_in_place_of_a_library(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text("print('planted')")

    assert run_beside(tmp_path, "before = list(sys.path)", IMPORT_CLIENT, "print(sys.path == before)") == "True\n"


@pytest.mark.parametrize(
    "file",
    [
        "requests.py",
        "requests/__init__.py",
        *(pytest.param(file, marks=pytest.mark.slow) for file in ("urllib3.py", "certifi.py")),
    ],
)
def test_program_file_that_was_imported_in_place_of_a_library_is_named(tmp_path: Path, file: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("")

    said = run_beside(tmp_path, f"import {file.partition('/')[0].removesuffix('.py')}", IMPORT_CLIENT)

    assert "HiddenLibrary" in said
    assert str(tmp_path / file) in said


def test_other_import_failure_is_not_explained_by_program_files(tmp_path: Path) -> None:
    said = run_beside(tmp_path, "with prefer_installed_libraries():", "    import nosuch")

    assert said.endswith("ModuleNotFoundError: No module named 'nosuch'\n")
