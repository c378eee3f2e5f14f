"""The folder in which mutmut works: the core as a top-level package, as it is imported, with its tests and data."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = "pulumi_adobe"
MUTATED: Final = ("lifecycle", "flow_service")

# mypy strict is a part of `make check`: what it refuses need not be run.
_TYPES: Final = (
    "mypy", "--config-file", "", "--strict", *(f"{PACKAGE}/{part}" for part in MUTATED), "--output", "json",
    # What mutmut adds has such comments.
    "--disable-error-code", "unused-ignore",
)  # fmt: skip
_TESTS: Final = (
    "tests/provider",
    # What they draw at random takes long; the other tests have to do.
    "--deselect", "tests/provider/lifecycle/test_random_histories.py",
    "--deselect", "tests/provider/lifecycle/test_malformed_entities.py",
)  # fmt: skip
_OPTIONS: Final = ("-p", "no:cacheprovider", "-p", "no:xdist", "--timeout", "20")


def prepare(folder: Path) -> None:
    """Fill the folder with what is to be mutated, as it is now; results of code that did not change are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for source, name in ((ROOT / "provider" / PACKAGE, PACKAGE), (ROOT / "tests", "tests"), (ROOT / "docs", "docs")):
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    (folder / "pyproject.toml").write_text(f"{_settings()}\n{_own_settings()}", encoding="utf-8")


def _own_settings() -> str:
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def _settings() -> str:
    return "\n".join((
        "[tool.mutmut]",
        f'source_paths = ["{PACKAGE}"]',
        f"only_mutate = {[f'{PACKAGE}/{part}/*' for part in MUTATED]}",
        'also_copy = ["docs"]',
        f"pytest_add_cli_args = {list(_OPTIONS)}",
        f"pytest_add_cli_args_test_selection = {list(_TESTS)}",
        f"type_check_command = {list(_TYPES)}",
        "use_git_change_detection = false",
        # What a test leaves running in the process, such as the threads of an event loop, is not there after a fork.
        'process_isolation = "forkserver"',
        "timeout_multiplier = 4.0",
        "timeout_constant = 5.0",
        "",
    ))  # fmt: skip
