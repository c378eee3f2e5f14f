"""The tokens of a connection: in the stack's config, in its state, and, by the state, in Experience Platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.aep.expiries import FIELD
from adobe_flow.documents import parse_document
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.config import read_config_object
from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.rotate.target import CONNECTIONS, TOKENS, RotationTarget, find_rotation_target
from pulumi_adobe.json_values import get_member
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED

_PLAINTEXT: Final = "plaintext"
"""The member of a secret of an exported state that holds its JSON; Pulumi: `stack export --show-secrets`."""


@dataclass(frozen=True)
class TokenState:
    """The tokens of one connection; none of them is ever shown.

    Attributes:
        config: The token in the config.
        declared: The token in the resource's inputs, which a failed update leaves as they were.
        sent: The token in the resource's outputs: the last one that Flow Service has taken.
        errors: The errors that a failed update has left in the state.
        expires: The expiry of the token in the config, if its entry of `connections` has one.
        etag: The etag of the connection after the last update of this stack.
        is_confirmed: Whether this stack has sent the token of the state, which may come from an import.
    """

    config: str | None = field(repr=False)
    declared: str | None = field(repr=False)
    sent: str | None = field(repr=False)
    errors: tuple[str, ...] = ()
    expires: str | None = None
    etag: str | None = None
    is_confirmed: bool = True

    def is_deployed(self, token: str) -> bool:
        """Return whether an update with this token is complete."""
        return self.declared == self.sent == token and self.is_confirmed and not self.errors

    @property
    def pending(self) -> str | None:
        """The token of the config, if no update has brought it to Experience Platform yet."""
        return self.config if self.config and not self.is_deployed(self.config) else None

    @property
    def previous(self) -> str | None:
        """The token of the last complete update, if the config or Flow Service has another one since."""
        return self.declared if self.declared and (self.config, self.sent) != (self.declared, self.declared) else None


def read_token_state(stack: Stack, name_or_id: str) -> tuple[RotationTarget, TokenState]:
    """Find the connection in the stack's state, and read its tokens. Raises `Problem`."""
    resources = stack.list_resources("--show-secrets")
    target = find_rotation_target(resources, name_or_id, stack.name)
    resource = next(resource for resource in resources if resource.get("urn") == target.urn)
    config = stack.read_config()
    tokens, entries = (read_config_object(config, target.key(key), stack.name) for key in (TOKENS, CONNECTIONS))
    if target.resource not in tokens:
        raise Problem(
            f"The config of {stack.name} has no {target.path(TOKENS)}: its token comes from elsewhere.",
            "Rotate it there, and then: pulumi up",
        )
    expires = get_member(entries, target.resource, FIELD)
    return target, TokenState(
        str(tokens[target.resource]),
        _get_text(resource.get("inputs"), "accessToken"),
        _get_text(resource.get("outputs"), "accessToken"),
        tuple(resource.get("initErrors") or ()),
        str(expires) if expires else None,
        _get_text(resource.get("outputs"), "etag"),
        get_member(resource, "outputs", SECRET_CONFIRMED) is not False,
    )


def _get_text(properties: Any, name: str) -> str | None:
    """Return a property of an exported state, which may be a secret."""
    value = get_member(properties, name)
    if isinstance(value, Mapping):
        try:
            value = parse_document(str(value.get(_PLAINTEXT)))
        except ValueError:
            return None
    return None if value is None else str(value)
