"""The one connection of a stack whose token is rotated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.managed import OURS, resource_name
from adobe_flow.problem import Problem
from pulumi_adobe.config.paths import build_config_path
from pulumi_adobe.resource_names import parse_urn
from pulumi_adobe.suggestions import find_similar_names

_TYPE: Final = f"{OURS}DatabricksSourceConnection"
TOKENS: Final = "accessTokens"
CONNECTIONS: Final = "connections"
"""The keys of the stack's config in which the program looks for each connection, and for its token."""


@dataclass(frozen=True)
class Target:
    """A resource of the state, and where its token stands in the config."""

    urn: str
    id: str
    name: str
    sandbox: str

    @property
    def resource(self) -> str:
        """What the program calls it."""
        return resource_name(self.urn)

    def key(self, name: str) -> str:
        """A config key of the project's, as a list of all keys has it."""
        return f"{parse_urn(self.urn).project}:{name}"

    def path(self, name: str) -> str:
        """Where its entry of that key stands in the config, as `pulumi config set --path` takes it."""
        return build_config_path(name, self.resource)


def target(resources: Sequence[Mapping[str, Any]], wanted: str, stack: str) -> Target:
    """The Databricks connection that the program, Experience Platform or its id calls so; Problem where none is one."""
    known = [
        Target(
            str(each["urn"]),
            str(each["id"]),
            str((each.get("inputs") or {}).get("name")),
            str((each.get("outputs") or {}).get("sandboxName")),
        )
        for each in resources
        if each.get("type") == _TYPE and each.get("id") and not each.get("external") and not each.get("delete")
    ]
    found = (
        [each for each in known if each.resource == wanted]
        or [each for each in known if each.id == wanted]
        or [each for each in known if each.name == wanted]
    )
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(each.resource for each in found)
        raise Problem(
            f'{len(found)} connections of the stack {stack} are named "{wanted}": {names}.',
            "Name the one that is meant as the program calls it.",
        )
    raise Problem(f'The stack {stack} manages no Databricks connection "{wanted}".', _nearest(known, wanted))


def _nearest(known: Sequence[Target], wanted: str) -> str:
    names = sorted({each.resource for each in known} | {each.name for each in known})
    near = find_similar_names(wanted, names)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    if not known:
        return "It manages none. What is declared has to be made first: pulumi up"
    return f"There are: {', '.join(each.resource for each in known)}."
