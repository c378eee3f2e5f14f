"""The connection whose token a rotation changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.resources import get_class_name, get_resource_name
from pulumi_adobe.config.paths import build_config_path
from pulumi_adobe.resource_names import parse_urn
from pulumi_adobe.suggestions import find_similar_names

_CLASS: Final = "DatabricksSourceConnection"
TOKENS: Final = "accessTokens"
CONNECTIONS: Final = "connections"
"""The keys of the stack's config in which the program looks for each connection and its token."""


@dataclass(frozen=True)
class RotationTarget:
    """A connection in the state, with the place of its token in the config."""

    urn: str
    id: str
    name: str
    sandbox: str

    @property
    def resource(self) -> str:
        """The name of the resource in the program."""
        return get_resource_name(self.urn)

    def key(self, name: str) -> str:
        """Return a config key of the project with its namespace."""
        return f"{parse_urn(self.urn).project}:{name}"

    def path(self, name: str) -> str:
        """Return the path of the connection's entry under a config key, as `pulumi config set --path` takes it."""
        return build_config_path(name, self.resource)


def find_rotation_target(resources: Sequence[Mapping[str, Any]], name_or_id: str, stack: str) -> RotationTarget:
    """Return the Databricks connection with this name in the program, this id, or this name in Experience Platform.

    Raises:
        Problem: There is none, or there are several.
    """
    targets = [
        RotationTarget(
            str(resource["urn"]),
            str(resource["id"]),
            str((resource.get("inputs") or {}).get("name")),
            str((resource.get("outputs") or {}).get("sandboxName")),
        )
        for resource in resources
        if get_class_name(resource) == _CLASS
        and resource.get("id")
        and not resource.get("external")
        and not resource.get("delete")
    ]
    matches = (
        [target for target in targets if target.resource == name_or_id]
        or [target for target in targets if target.id == name_or_id]
        or [target for target in targets if target.name == name_or_id]
    )
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = ", ".join(target.resource for target in matches)
        raise Problem(
            f'{len(matches)} connections of the stack {stack} are named "{name_or_id}": {names}.',
            "Use the name in the program, or the id.",
        )
    raise Problem(
        f'The stack {stack} manages no Databricks connection "{name_or_id}".',
        _suggest_rotation_targets(targets, name_or_id),
    )


def _suggest_rotation_targets(targets: Sequence[RotationTarget], name_or_id: str) -> str:
    names = sorted({target.resource for target in targets} | {target.name for target in targets})
    similar = find_similar_names(name_or_id, names)
    if similar:
        return f"Did you mean {' or '.join(similar)}?"
    if not targets:
        return "It manages none. Create the connection that the program declares: pulumi up"
    return f"There are: {', '.join(target.resource for target in targets)}."
