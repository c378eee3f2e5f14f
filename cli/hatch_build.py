"""The dependencies of the distribution, which name the provider in the version of the distribution itself."""

from __future__ import annotations

from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class DependenciesHook(MetadataHookInterface):
    """Adds `pulumi-adobe` to the dependencies of `pyproject.toml`: both share internal modules, so they must match."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the dependencies; hatchling has set the version before."""
        metadata["dependencies"] = [f"pulumi-adobe=={metadata['version']}", *self.config["dependencies"]]
