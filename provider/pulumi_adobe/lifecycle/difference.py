"""What turns what is there into what is declared: the preview and the update ask the same function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.declaration import UNKNOWN, Declaration
from pulumi_adobe.flow_service.json_patch import Operation, json_patch

SERVER_PARAMETERS: Final = "serverParams"
"""The output that keeps the auth parameters which Flow Service added: a PATCH of the others would drop them."""

PARAMETERS: Final = ("auth", "params")
PARAMETERS_POINTER: Final = "/auth/params"


@dataclass(frozen=True)
class Difference:
    """What an update would do.

    ``replaces`` are the fields that force a replacement; ``operations`` is the patch; ``secrets`` are the secret
    fields that change; ``stored`` are those that Flow Service never sees and that only the state has to take;
    ``unconfirmed`` are the secret fields that are declared but were never sent by this stack, nor are now.
    """

    replaces: tuple[str, ...]
    operations: tuple[Operation, ...]
    secrets: tuple[str, ...]
    stored: tuple[str, ...]
    unconfirmed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.replaces or self.operations or self.stored)

    @property
    def changes_authentication(self) -> bool:
        """Whether the auth parameters are sent."""
        return any(operation["path"].startswith(PARAMETERS_POINTER) for operation in self.operations)


def difference(declaration: Declaration, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Difference:
    """What turns the resource with the outputs ``olds`` into the one that the inputs ``news`` declare."""
    patch = json_patch(declaration.mutable_body(olds), declaration.mutable_body(news), declaration.whole)
    fields = declaration.fields
    return Difference(
        replaces=tuple(field.name for field in fields if field.replaces and _moved(field.name, olds, news)),
        operations=tuple(completed(operation, olds) for operation in patch),
        secrets=tuple(field.name for field in fields if field.secret and _moved(field.name, olds, news)),
        stored=tuple(field.name for field in fields if field.stored and _moved(field.name, olds, news)),
    )


def _moved(name: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> bool:
    return news.get(name) is UNKNOWN or olds.get(name) != news.get(name)


def completed(operation: Operation, olds: Mapping[str, Any]) -> Operation:
    """A patch of all auth parameters drops those not sent: those that Flow Service added go along."""
    if operation["path"] != PARAMETERS_POINTER or "value" not in operation:
        return operation
    return {**operation, "value": {**olds.get(SERVER_PARAMETERS, {}), **operation["value"]}}
