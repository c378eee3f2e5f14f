"""Resources as a state holds them: stubs of what is planned, for the copy and for the stack itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import uuid4

from adobe_flow.adopting.plan import PROVIDER_TYPE, STACK_TYPE, Planned
from adobe_flow.adopting.wrapped import known, secret_names
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED

UNMATCHED: Final = "not-matched-yet"
"""The id of a connection in the copy before it is known which one it is."""


class Family:
    """The resources of a program, and which of them a stack has already (``there``, by URN)."""

    def __init__(self, planned: Iterable[Planned], there: Iterable[Mapping[str, Any]]) -> None:
        self.planned = {each.urn: each for each in planned}
        self.there = {str(each["urn"]): each for each in there}
        self._ids = {urn: str(self.there.get(urn, {}).get("id") or uuid4()) for urn in self._providers()}

    @property
    def stack_urn(self) -> str:
        """The stack's own resource, which every other has above it."""
        return next(each.urn for each in self.planned.values() if each.type == STACK_TYPE)

    def decrypt(self, clear: Iterable[Mapping[str, Any]]) -> None:
        """Know the inputs in clear from now on: those of these resources of the copy."""
        for each in clear:
            planned = self.planned[each["urn"]]
            self.planned[each["urn"]] = planned.with_inputs({**planned.inputs, **(each.get("inputs") or {})})

    def obstacle(self, connection: Planned) -> str | None:
        """The resource above it, or its provider's, that has to be made first; None where none has."""
        for urn in (*self._above(connection), *self._above(self.planned[connection.provider or ""])):
            above = self.planned.get(urn)
            if above is not None and above.custom and above.creates:
                return above.name
        return None

    def in_copy(self, connections: Iterable[tuple[Planned, str]]) -> list[dict[str, Any]]:
        """What the copy holds: the stack, the providers, and these connections with their ids, as declared."""
        root = {"urn": self.stack_urn, "custom": False, "type": STACK_TYPE}
        providers = [self._provider(urn, self.stack_urn) for urn in self._providers()]
        return [root, *providers, *(self._connection(each, id_) for each, id_ in connections)]

    def to_add(self, refreshed: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """What the stack's state gains: the refreshed connections, and what they need above them, that first."""
        connections = [dict(each) for each in refreshed]
        above: dict[str, dict[str, Any]] = {}
        providers: dict[str, dict[str, Any]] = {}
        for each in connections:
            planned = self.planned[each["urn"]]
            provider = self.planned[planned.provider or ""]
            for urn in reversed([*self._above(provider), *self._above(planned)]):
                above.setdefault(urn, self._group(urn))
            providers[provider.urn] = self._provider(provider.urn, provider.parent)
            each.update(_without_none({"parent": planned.parent, "protect": planned.protect or None}))
        needed = (*sorted(above.values(), key=self._depth), *providers.values())
        return [each for each in needed if each["urn"] not in self.there] + connections

    def _providers(self) -> list[str]:
        return [each.urn for each in self.planned.values() if each.type == PROVIDER_TYPE]

    def _depth(self, group: Mapping[str, Any]) -> int:
        return len(self._above(self.planned[group["urn"]]))

    def _above(self, resource: Planned) -> list[str]:
        """The nearest first."""
        found: list[str] = []
        parent = resource.parent
        while parent is not None and parent in self.planned and parent not in found:
            found.append(parent)
            parent = self.planned[parent].parent
        return found

    def _group(self, urn: str) -> dict[str, Any]:
        """The stack or a component."""
        planned = self.planned[urn]
        return _without_none({"urn": urn, "custom": False, "type": planned.type, "parent": planned.parent})

    def _provider(self, urn: str, parent: str | None) -> dict[str, Any]:
        inputs = known(self.planned[urn].inputs)
        stub = {"urn": urn, "custom": True, "id": self._ids[urn], "type": PROVIDER_TYPE, "inputs": inputs}
        return _without_none({**stub, "outputs": inputs, "parent": parent})

    def _connection(self, planned: Planned, id_: str) -> dict[str, Any]:
        inputs = known(planned.inputs)
        confirmed = {SECRET_CONFIRMED: False} if any(secret_names(inputs)) else {}
        return {
            "urn": planned.urn,
            "custom": True,
            "id": id_,
            "type": planned.type,
            "inputs": inputs,
            "outputs": {**inputs, **confirmed},
            "parent": self.stack_urn,
            "provider": f"{planned.provider}::{self._ids[planned.provider or '']}",
        }


def _without_none(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in resource.items() if value is not None}
