"""Files of Pulumi's file backend that a killed process left unreadable.

Beside each file of a state, the backend writes `<file>.attrs`, unless its URL has `metadata=skip`. A process that is
killed in this moment leaves an empty one, and every command on the stack ends in `failed to load checkpoint: EOF`.
Pulumi needs nothing of what such a file holds, and reads one that exists also with `metadata=skip`.

Source: gocloud.dev, `blob/fileblob/attrs.go` and the package's documentation.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import unquote

FILE_SCHEME: Final = "file://"


def find_unreadable_sidecars(url: str) -> list[Path]:
    """Return the sidecar files below the backend with this URL that hold no JSON; none for other backends."""
    if not url.startswith(FILE_SCHEME):
        return []
    folder = Path(unquote(url.removeprefix(FILE_SCHEME).partition("?")[0])).expanduser()
    return sorted(file for file in (folder / ".pulumi").rglob("*.attrs") if not _contains_json(file))


def advise_removal(files: Sequence[Path]) -> str:
    """Return what to do about these files; an empty text if there are none."""
    if not files:
        return ""
    return (
        "A killed process left a file that Pulumi cannot read, and that holds nothing of the state. Remove it:\n"
        f"{shlex.join(('rm', *map(str, files)))}\n"
        "With ?metadata=skip at the end of the backend's URL, no such file is written."
    )


def _contains_json(file: Path) -> bool:
    with suppress(ValueError, OSError):
        json.loads(file.read_bytes())
        return True
    return False
