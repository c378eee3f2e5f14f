"""Writing of files: each is written completely or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from adobe_flow.problem import Problem

PRIVATE: Final = 0o600
"""The mode of a file that only its owner may read."""


def write_files(texts: Mapping[Path, str], *, private: bool = False) -> None:
    """Write all of these files, or none of them if one cannot be written, such as on a full disk.

    Each text is written to a file of its own beside its place, and takes that place once all of them are on the disk.
    A device or a pipe, such as `/dev/stdout`, is written to directly.

    Args:
        texts: The text of each file.
        private: Whether only the owner may read the files.

    Raises:
        Problem: A file cannot be written; all of them are as they were.
    """
    written: dict[Path, Path] = {}
    file = Path()
    try:
        for file, text in texts.items():
            if _is_device(file):
                file.write_text(text, "utf-8")
            else:
                # The file that a symbolic link leads to is replaced, not the link.
                written[file] = _write_beside(file.resolve(), text.encode("utf-8"), private=private)
        for file, beside in written.items():
            beside.replace(file.resolve())
    except OSError as error:
        raise _build_write_problem(file, error) from None
    finally:
        for beside in written.values():
            beside.unlink(missing_ok=True)


def _is_device(file: Path) -> bool:
    """Return whether a path is a device such as `/dev/stdout`, to which a text is written directly."""
    return str(file).startswith(("/dev/", "/proc/")) or (file.exists() and not file.is_file())


def replace_file(file: Path, before: bytes | None, after: bytes) -> None:
    """Replace a file that was read before, unless it has changed since.

    Args:
        file: The file.
        before: Its content when it was read; None if it did not exist.
        after: Its new content.

    Raises:
        Problem: It has changed, or cannot be written. It is as it was.
    """
    changed = Problem(f"{file} has changed since it was read. Nothing was written.", "Look at it, then run this again.")
    try:
        beside = _write_beside(file.resolve(), after, private=False)
        try:
            if before is None:
                os.link(beside, file.resolve())
            elif file.read_bytes() != before:
                raise changed
            else:
                beside.replace(file.resolve())
        finally:
            beside.unlink(missing_ok=True)
    except FileExistsError:
        raise changed from None
    except OSError as error:
        raise _build_write_problem(file, error) from None


def _build_write_problem(file: Path, error: OSError) -> Problem:
    return Problem(
        f"{file} cannot be written: {error.strerror}. The file is unchanged.",
        "Free space, or name a file in a folder that exists and that you may write to.",
    )


def _write_beside(file: Path, content: bytes, *, private: bool) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=".adobe-flow-", dir=file.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        beside.chmod(PRIVATE if private else _find_mode(file))
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    return beside


def _find_mode(file: Path) -> int:
    """Return the mode of the file, or the mode that a new one gets."""
    with suppress(FileNotFoundError):
        return file.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
