"""Which token stands where: in the stack's config, in its state, and, by the state, in Experience Platform."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.ends import FIELD
from adobe_flow.problem import Problem
from adobe_flow.rotating.target import CONNECTIONS, TOKENS, Target, target
from adobe_flow.stack import Stack

_PLAINTEXT: Final = "plaintext"
"""The member of a secret of an exported state that holds its JSON; Pulumi: `stack export --show-secrets`."""


@dataclass(frozen=True)
class Standing:
    """The tokens; none of them is ever shown.

    ``declared`` is that of the resource's inputs, which an update that has failed leaves as they were; ``sent`` that of
    its outputs, the last that Flow Service has taken. ``errors`` are what such an update has left to be done.
    ``expires`` is when the token of the config ends, where its entry of `connections` says so.
    """

    config: str | None = field(repr=False)
    declared: str | None = field(repr=False)
    sent: str | None = field(repr=False)
    errors: tuple[str, ...] = ()
    expires: str | None = None

    def deployed(self, token: str) -> bool:
        """Whether an update with this token has been done, all of it."""
        return self.declared == self.sent == token and not self.errors

    @property
    def pending(self) -> str | None:
        """The token of the config, where no update has brought it to Experience Platform yet."""
        return self.config if self.config and not self.deployed(self.config) else None

    @property
    def before(self) -> str | None:
        """The token of the last update that was done, where another has come to the config or to Flow Service since."""
        return self.declared if self.declared and (self.config, self.sent) != (self.declared, self.declared) else None


def look(stack: Stack, wanted: str) -> tuple[Target, Standing]:
    """Find the connection in the stack's state, and its tokens. Raises Problem."""
    state = json.loads(stack.pulumi("stack", "export", "--show-secrets"))
    resources = (state.get("deployment") or {}).get("resources") or []
    found = target(resources, wanted, stack.name)
    resource = next(each for each in resources if each.get("urn") == found.urn)
    config = stack.config()
    tokens, entries = (json.loads(config.get(key, "{}")) for key in (found.key(TOKENS), found.key(CONNECTIONS)))
    if found.resource not in tokens:
        raise Problem(
            f"The config of {stack.name} has no {found.path(TOKENS)}: {found.resource} gets its token from elsewhere.",
            "Rotate it there, and then: pulumi up",
        )
    expires = (entries.get(found.resource) or {}).get(FIELD)
    return found, Standing(
        str(tokens[found.resource]),
        _token(resource.get("inputs")),
        _token(resource.get("outputs")),
        tuple(resource.get("initErrors") or ()),
        str(expires) if expires else None,
    )


def _token(properties: Mapping[str, Any] | None) -> str | None:
    value = (properties or {}).get("accessToken")
    if isinstance(value, Mapping):
        return str(json.loads(value[_PLAINTEXT])) if _PLAINTEXT in value else None
    return None if value is None else str(value)
