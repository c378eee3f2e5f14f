"""The import of Pulumi's protocol alone: the generated modules in `pulumi.runtime.proto`.

The package `pulumi` imports the whole SDK for programs, of which a plugin uses nothing. That would take half of the
start of this process, 0.2 s of CPU in each command.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Final

_PACKAGES: Final = ("pulumi", "pulumi.runtime", "pulumi.runtime.proto")


def skip_program_sdk() -> None:
    """Make the modules in `pulumi.runtime.proto` importable without running the packages around them.

    Only for a process that declares no resources. What it has imported already stays as it is.
    """
    for name in _PACKAGES:
        spec = None if name in sys.modules else find_spec(name)
        if spec is not None:
            package = ModuleType(name)
            package.__path__ = list(spec.submodule_search_locations or ())
            package.__spec__ = spec
            sys.modules[name] = package
