"""Texts as UTF-8 whatever the locale: arguments, Pulumi's own arguments, and the standard streams."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path


def decode_as_utf8(text: str) -> str:
    """Return the text that an argument is in UTF-8, or the argument itself if it is not UTF-8.

    Python decodes arguments by the locale, whose encoding may lack the characters.
    """
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        return text


def encode_argument(argument: str | Path) -> bytes:
    """Return the bytes of an argument for another program: a text in UTF-8, a path as the file system has it."""
    return os.fsencode(argument) if isinstance(argument, Path) else argument.encode("utf-8", "surrogateescape")


def to_path(text: str) -> Path:
    """Return the path that an argument of type text names, as the file system has it."""
    return Path(os.fsdecode(encode_argument(decode_as_utf8(text))))


def prepare_streams() -> None:
    """Open the standard streams that are closed, and let standard output escape what its encoding lacks."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open until the end
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
