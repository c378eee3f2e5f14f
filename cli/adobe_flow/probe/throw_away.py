"""The connection that a probe creates, changes and deletes, and how a later probe recognizes it.

It must need no source and harm nothing: its host is below `.invalid`, a name that never resolves (RFC 2606), so that
Adobe can reach nobody with it. If Flow Service refuses to create it, because it tests credentials first, the second
choice is an inlet of the HTTP API, which has no source at all (http.md); nobody can send to it without a token.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi_adobe.json_values import get_member

PREFIX: Final = "adobe-flow-probe-"
HOST: Final = "adobe-flow-probe.invalid"
USER: Final = "adobe-flow-probe"
INVALID: Final = "invalid"
"""The password of the first attempt: no source takes it, and the emulator refuses it too."""

SFTP: Final = "sftp"
HTTP_API: Final = "http-api-streaming"
SPEC_IDS: Final[Mapping[str, str]] = {
    SFTP: "b7bf2577-4520-42c9-bae9-cad01560f7bc",
    HTTP_API: "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb",
}
"""Adobe: sftp.md and http.md of sources/tutorials/api/create."""
_VERSION: Final = "1.0"
_STREAMING_PROVIDER: Final = "521eee4d-8cbe-4906-bb48-fb6bd4450033"
"""Adobe: http.md names it in the body of a create."""

_NAME: Final = re.compile(f"{re.escape(PREFIX)}[0-9a-f]{{32}}")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}")

PASSWORD: Final = "password"  # noqa: S105 - the name of a parameter


@dataclass(frozen=True)
class ThrowAwayEntities:
    """The entities that one probe creates; it changes only entities with this name."""

    name: str = field(default_factory=lambda: f"{PREFIX}{secrets.token_hex(16)}")
    made_up_secret: str = field(default_factory=lambda: f"made-up-{secrets.token_hex(8)}", repr=False)

    @property
    def description(self) -> str:
        """The description, which tells a person where the connection comes from."""
        return "Made by `adobe-flow probe --write`, which deletes it again. Nothing uses it."

    def build_params(self, source: str, secret: str) -> dict[str, Any]:
        """Return the auth parameters; ``secret`` is `invalid` or `made-up`."""
        if source == HTTP_API:
            return {"dataType": "xdm", "name": self.name, "sourceId": self.name, "authenticationRequired": True}
        password = INVALID if secret == INVALID else self.made_up_secret
        return {"host": HOST, "userName": USER, PASSWORD: password}

    def build_body(self, source: str, secret: str, *, with_version: bool) -> dict[str, Any]:
        """Return the body of a create."""
        spec_name = "Streaming Connection" if source == HTTP_API else "Basic Authentication for sftp"
        return {
            "name": self.name,
            "description": self.description,
            "auth": {"specName": spec_name, "params": self.build_params(source, secret)},
            "connectionSpec": {"id": SPEC_IDS[source], **({"version": _VERSION} if with_version else {})},
            **({"providerId": _STREAMING_PROVIDER} if source == HTTP_API else {}),
        }

    def owns(self, entity: Mapping[str, Any] | None) -> bool:
        """Return whether the entity is one that this probe has created."""
        return entity is not None and entity.get("name") == self.name and is_made_by_probe(entity)


def is_made_by_probe(entity: Mapping[str, Any]) -> bool:
    """Return whether a probe has created the entity: the name and the connection spec say so.

    The auth parameters must be those of a probe too, where the entity shows them: a list may leave them out.
    """
    name, spec_id = entity.get("name"), get_member(entity, "connectionSpec", "id")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or get_valid_id(entity) is None:
        return False
    params = get_member(entity, "auth", "params")
    if spec_id == SPEC_IDS[SFTP]:
        return not isinstance(params, Mapping) or params.get("host") == HOST
    return bool(spec_id == SPEC_IDS[HTTP_API])


def get_valid_id(entity: Mapping[str, Any]) -> str | None:
    """Return the id if it can be one; a probe sends no other text as a part of an address."""
    id_ = entity.get("id")
    return id_ if isinstance(id_, str) and _ID.fullmatch(id_) else None
