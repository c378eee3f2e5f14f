"""The kinds of resources, a file each. States name these modules and their provider classes."""

from __future__ import annotations

import sys

from pulumi_adobe.version import VERSION


class _MissingModules:
    """Says what is wrong if a state names a module that only another version of this package has.

    Pulumi's plugin unpickles the provider of a resource before any code of ours is called, and shows the traceback. Its
    last line is this one. The finder is the last of all, so it is asked only for what no other has found.
    """

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        """Raise `ModuleNotFoundError` for a module of this package; return None for any other."""
        if name.startswith(f"{__name__}."):
            raise ModuleNotFoundError(
                f"pulumi-adobe {VERSION} in {sys.prefix} has no module {name}, which the state of this stack (or an "
                "import of the program) names. Install the version that the last `pulumi up` of this stack used into "
                "the environment that Pulumi.yaml names (runtime.options.virtualenv). Nothing was changed.",
                name=name,
            )


sys.meta_path.append(_MissingModules)
