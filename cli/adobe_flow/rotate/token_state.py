"""Which token stands where: in the stack's config, in its state, and, by the state, in Experience Platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.documents import parse_document
from adobe_flow.expiries import FIELD
from adobe_flow.problem import Problem
from adobe_flow.rotate.target import CONNECTIONS, TOKENS, Target, target
from adobe_flow.stack import Stack, read_entries
from pulumi_adobe.json_values import get_member

_PLAINTEXT: Final = "plaintext"
"""The member of a secret of an exported state that holds its JSON; Pulumi: `stack export --show-secrets`."""


@dataclass(frozen=True)
class Standing:
    """The tokens; none of them is ever shown.

    ``declared`` is that of the resource's inputs, which an update that has failed leaves as they were; ``sent`` that of
    its outputs, the last that Flow Service has taken. ``errors`` are what such an update has left to be done.
    ``expires`` is when the token of the config ends, where its entry of `connections` says so. ``etag`` is the version
    of the connection that the last update of this stack has left.
    """

    config: str | None = field(repr=False)
    declared: str | None = field(repr=False)
    sent: str | None = field(repr=False)
    errors: tuple[str, ...] = ()
    expires: str | None = None
    etag: str | None = None

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
    resources = stack.resources("--show-secrets")
    found = target(resources, wanted, stack.name)
    resource = next(each for each in resources if each.get("urn") == found.urn)
    config = stack.config()
    tokens, entries = (read_entries(config, found.key(key), stack.name) for key in (TOKENS, CONNECTIONS))
    if found.resource not in tokens:
        raise Problem(
            f"The config of {stack.name} has no {found.path(TOKENS)}: {found.resource} gets its token from elsewhere.",
            "Rotate it there, and then: pulumi up",
        )
    expires = get_member(entries, found.resource, FIELD)
    return found, Standing(
        str(tokens[found.resource]),
        _text(resource.get("inputs"), "accessToken"),
        _text(resource.get("outputs"), "accessToken"),
        tuple(resource.get("initErrors") or ()),
        str(expires) if expires else None,
        _text(resource.get("outputs"), "etag"),
    )


def _text(properties: Any, name: str) -> str | None:
    """A property as the state exports it: as it is, or as a secret."""
    value = get_member(properties, name)
    if isinstance(value, Mapping):
        try:
            value = parse_document(str(value.get(_PLAINTEXT)))
        except ValueError:
            return None
    return None if value is None else str(value)
