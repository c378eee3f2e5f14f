"""What is installed is locked, in groups that fit together, and from nowhere in particular."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.markers import Marker

from engine.packages import GROUPS
from engine.pythons import SUPPORTED_PYTHONS
from tests.setup.fake_project import ROOT

FOLDER = ROOT / "requirements"
GROUP_LOCKS = [FOLDER / f"{group}.lock" for group in GROUPS]
LOCKS = [*GROUP_LOCKS, *(ROOT / "engine" / name for name in ("go.lock", "uv.lock", "sdk-oldest.lock"))]
PACKAGE = re.compile(
    r"^([a-z0-9-]+)==(\S+)( ; [^\\\n]+?)?((?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})*)\s*$", re.MULTILINE
)
Locked = list[tuple[str, str, str, str]]


def read_packages(lock: Path) -> Locked:
    """Return name, version, marker and hashes of each entry, and fail if a line is not part of one."""
    text = lock.read_text(encoding="utf-8")
    packages: Locked = PACKAGE.findall(text)
    assert len(packages) == len(re.findall(r"^\S", text, re.MULTILINE)) > 0
    return packages


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_file_contains_no_address_and_no_path(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert not re.search(r"://|--(extra-)?index|--find-links|@ ", text)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_has_one_version_and_hashes(lock: Path) -> None:
    assert not [name for name, _, _, hashes in read_packages(lock) if not hashes]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_everything_that_is_asked_for_is_locked(lock: Path) -> None:
    required = re.findall(r"^[a-z0-9-]+", lock.with_suffix(".in").read_text(encoding="utf-8"), re.MULTILINE)

    assert {name for name in required if not name.startswith("-")} <= {name for name, *_ in read_packages(lock)}


def test_the_folder_has_the_files_of_the_groups_and_nothing_else() -> None:
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(f"{g}.{e}" for g in GROUPS for e in ("in", "lock"))


def test_each_group_is_resolved_within_the_groups_before_it() -> None:
    for index, lock in enumerate(GROUP_LOCKS):
        constraints = re.findall(r"^-c (\S+)$", lock.with_suffix(".in").read_text(encoding="utf-8"), re.MULTILINE)
        assert constraints == [earlier.name for earlier in GROUP_LOCKS[:index]]


def select_versions(lock: Path, python: str) -> dict[str, str]:
    """Return the version of each package that a lock file has for this Python on this kind of system."""
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    return {
        name: version
        for name, version, marker, _ in read_packages(lock)
        if not marker or Marker(marker.removeprefix(" ; ")).evaluate(environment)
    }


@pytest.mark.parametrize("python", SUPPORTED_PYTHONS)
def test_a_package_of_two_groups_has_the_same_version_in_both(python: str) -> None:
    """All groups are installed into one environment."""
    versions: dict[str, str] = {}
    for lock in GROUP_LOCKS:
        for name, version in select_versions(lock, python).items():
            assert versions.setdefault(name, version) == version, name


@pytest.mark.parametrize("python", SUPPORTED_PYTHONS)
def test_make_up_installs_few_packages_and_no_tool_of_development(python: str) -> None:
    names = set(select_versions(GROUP_LOCKS[0], python))

    assert len(names) <= 65
    assert names.isdisjoint({"matplotlib", "playwright", "mkdocs", "mutmut", "moto", "pytest", "mypy", "numpy"})
