"""Imports of the HTTP library, which a file beside the user's program must not replace.

The folder of the program is the first place where Python looks for a module, in the program and in Pulumi's plugin
process. The HTTP library is imported with the first request, so a `requests.py` of the program would be taken for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

from pulumi_adobe.errors import AdobeError

_LIBRARIES: Final = ("requests", "urllib3", "certifi", "idna", "charset_normalizer")


class HiddenLibrary(AdobeError):
    """A file of the program has the name of a library, and was imported in its place."""


_PATH_LOCK: Final = Lock()
"""Two threads must not restore each other's path."""


@contextmanager
def prefer_installed_libraries() -> Iterator[None]:
    """Let the imports inside look into the program's folder last.

    Meanwhile other threads still find the modules of the program, unless a library has the same name.

    Raises:
        HiddenLibrary: The program has imported its own file before. The error names the file.
    """
    with _PATH_LOCK:
        original_path = list(sys.path)
        folders = {os.path.realpath(folder) for folder in ("", *original_path[:1])}
        others = [entry for entry in original_path if os.path.realpath(entry) not in folders]
        sys.path[:] = [*others, *(entry for entry in original_path if entry not in others)]
        try:
            yield
        except Exception as error:
            files = _list_hiding_files(folders)
            if not files:
                raise
            raise HiddenLibrary(
                f"{' and '.join(files)} hides a library of the same name, which pulumi-adobe needs. Nothing was sent.",
                "Rename the file, and the imports of it in your program.",
            ) from error
        finally:
            sys.path[:] = [*original_path, *(entry for entry in sys.path if entry not in original_path)]


def _list_hiding_files(folders: set[str]) -> list[str]:
    modules = (sys.modules.get(name) for name in _LIBRARIES)
    files = [Path(file).resolve() for module in modules if (file := getattr(module, "__file__", None))]
    # A package is a folder, and its file is in it.
    return [str(file) for file in files if {str(file.parent), str(file.parent.parent)} & folders]
