"""What is installed is locked, and from nowhere in particular."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.setup.fake_project import ROOT

LOCKS = [ROOT / "requirements.lock", ROOT / "engine" / "go.lock"]
PACKAGE = re.compile(r"^([a-z0-9-]+)==(\S+).*?((?:\\\n\s+--hash=sha256:[0-9a-f]{64}\s*)*)$", re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_file_contains_no_address_and_no_path(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert not re.search(r"://|--(extra-)?index|--find-links|@ ", text)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_one_version_and_hashes(lock: Path) -> None:
    packages = PACKAGE.findall(lock.read_text(encoding="utf-8"))

    assert packages
    assert not [name for name, _, hashes in packages if not hashes]


def test_every_required_package_is_locked() -> None:
    required = re.findall(r"^[a-z0-9-]+", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE)
    locked = {name for name, _, _ in PACKAGE.findall(LOCKS[0].read_text(encoding="utf-8"))}

    assert set(required) <= locked
