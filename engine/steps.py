"""Notes of the steps of the set-up that are done, so that the next run does only what has changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def is_step_done(note: Path, files: Sequence[Path]) -> bool:
    """Return whether the note was written for these files with these contents."""
    return note.exists() and note.read_text(encoding="ascii") == _compute_fingerprint(files)


def mark_step_done(note: Path, files: Sequence[Path]) -> None:
    """Note that the step is done for these files."""
    note.write_text(_compute_fingerprint(files), encoding="ascii")


def _compute_fingerprint(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
