"""Finds what is to be exported, names it, and tells what cannot be declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.entities import Entity, connections, source_of, the_one
from adobe_flow.export.classes import DATABRICKS
from adobe_flow.export.base_connections import Declared, declared, twins
from adobe_flow.export.naming import config_key, named
from adobe_flow.export.stack_config import FIELDS, TOKEN
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import AccessDenied


@dataclass(frozen=True)
class Skipped:
    """A connection that is not exported, and why."""

    entity: Entity
    sandbox: str
    reason: str


@dataclass(frozen=True)
class Choice:
    """What is wanted of all that is there; ``managed`` are resource names by id, which a program has already."""

    only: Sequence[str] = ()
    source: str | None = None
    name: str | None = None
    managed: Mapping[str, str] = field(default_factory=dict)
    as_config: bool = False


@dataclass
class Export:
    """What was found; ``refused`` are sandboxes and why they could not be looked into."""

    connections: list[Declared] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    managed: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> dict[tuple[str, str], str]:
        """The config key of each secret, by resource and parameter."""
        found: dict[tuple[str, str], str] = {}
        for each in self.connections:
            for parameter in each.secrets:
                found[each.resource, parameter] = config_key(each.resource, parameter, found.values())
        return found


def exported(services: Sequence[FlowServiceClient], choice: Choice, *, several: bool) -> Export:
    """Look into each sandbox. With ``several`` a name begins with its sandbox, and a refused one stops nothing."""
    export, there = Export(), {}
    for service in services:
        sandbox = service.credentials.sandbox
        try:
            there[sandbox] = connections(service)
        except AccessDenied as error:
            if not several:
                raise
            export.refused[sandbox] = error.message
    meant = {str(the_one([each for found in there.values() for each in found], only)["id"]) for only in choice.only}
    used = set(choice.managed.values())
    for sandbox, found in there.items():
        # All are named, whatever is wanted: a filter changes no name.
        names = named(found, sandbox if several else "", used)
        used |= set(names.values())
        for entity in found:
            if _wanted(entity, choice, meant):
                _take(export, entity, names[str(entity["id"])], sandbox, choice, set(twins(found, meant)))
    return export


def _wanted(entity: Entity, choice: Choice, meant: set[str]) -> bool:
    return (
        (not choice.only or entity.get("id") in meant)
        and (choice.source is None or source_of(entity) == choice.source)
        and (choice.name is None or choice.name.lower() in str(entity.get("name")).lower())
    )


def _take(  # noqa: PLR0913, PLR0917 - what decides about one
    export: Export, entity: Entity, resource: str, sandbox: str, choice: Choice, doubled: set[str]
) -> None:
    id_ = str(entity["id"])
    if id_ in choice.managed:
        export.managed[id_] = choice.managed[id_]
        return
    found: Declared | str = declared(entity, resource, sandbox)
    if id_ in doubled:
        found = "another has its name and source, so one program cannot have both; rename one, or name one by its id"
    elif isinstance(found, Declared) and choice.as_config:
        found = next(_no_config(found), found)
    if isinstance(found, str):
        export.skipped.append(Skipped(entity, sandbox, found))
    else:
        export.connections.append(found)


def _no_config(found: Declared) -> Iterator[str]:
    """Why the stack config of this project cannot have it."""
    if found.source != DATABRICKS:
        yield "the stack config has Databricks only; export it as a program"
    elif not found.way.typed:
        yield "the stack config wants a complete connection whose domain begins with https://; export it as a program"
    other = [name for name in (*found.params, *found.secrets) if name not in {*FIELDS, TOKEN}]
    if other:
        yield f"the stack config has no {', '.join(other)}; export it as a program"


def as_result(export: Export) -> dict[str, Any]:
    """As JSON; of secrets the config keys alone."""
    keys = export.keys
    return {
        "connections": [
            {
                "resource": each.resource,
                "id": each.entity["id"],
                "name": each.name,
                "source": each.source,
                "sandbox": each.sandbox,
                "class": each.way.kind,
                "secrets": {name: keys[each.resource, name] for name in each.secrets},
            }
            for each in export.connections
        ],
        "skipped": [
            {"id": each.entity["id"], "name": each.entity.get("name"), "sandbox": each.sandbox, "reason": each.reason}
            for each in export.skipped
        ],
        "managed": [{"id": id_, "resource": resource} for id_, resource in export.managed.items()],
        "refused": [{"sandbox": sandbox, "reason": reason} for sandbox, reason in export.refused.items()],
    }
