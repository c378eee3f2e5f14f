"""Tells whether a step has been done already, for files as they are now."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def fingerprint(files: Sequence[Path]) -> str:
    """One text for the contents and places of the files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(note: Path, files: Sequence[Path]) -> bool:
    """Whether the note was made for exactly these files."""
    return note.exists() and note.read_text(encoding="ascii") == fingerprint(files)


def mark_done(note: Path, files: Sequence[Path]) -> None:
    """Note that the step is done for these files."""
    note.write_text(fingerprint(files), encoding="ascii")
