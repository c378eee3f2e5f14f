"""Collect what is to be exported from a sandbox: name it, declare it, and tell what cannot be declared."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.aep.entities import Entity, find_catalogue_spec, get_source_name, name_contains
from adobe_flow.export.base_connections import declare_base_connection
from adobe_flow.export.dataflows import DataflowContext, declare_dataflow, get_connection_ids
from adobe_flow.export.declaration import (
    BASE,
    FLOW,
    KINDS,
    SOURCE,
    TARGET,
    Declaration,
    EntityKind,
    NotExpressible,
    SkippedEntity,
)
from adobe_flow.export.duplicates import find_duplicates
from adobe_flow.export.expressions import NameExpression
from adobe_flow.export.mappings import read_declared_mapping
from adobe_flow.export.naming import build_variable, name_resources
from adobe_flow.export.sandbox import SandboxContent, select_with_dependents
from adobe_flow.export.source_connections import DeclaredBaseConnection, declare_source_connection
from adobe_flow.export.target_connections import declare_target_connection
from adobe_flow.progress import show_progress
from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.resource_types.change_data_capture import has_change_data_capture

_THREADS: Final = 4
"""How many mapping sets are read at the same time."""


@dataclass(frozen=True)
class ExportSelection:
    """The part of a sandbox that the user wants to export.

    Attributes:
        base_ids: The base connections that are wanted by name or id, with all that hangs on them; None for all.
        source: Export only base connections of this source, and everything that uses them. A source connection without
            a base connection counts as one.
        name: The same by a text in the name.
        managed: The resource names, by id, of the entities that the stack manages already.
    """

    base_ids: frozenset[str] | None = None
    source: str | None = None
    name: str | None = None
    managed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_limited(self) -> bool:
        """True if the choice excludes a part of the sandbox."""
        return self.base_ids is not None or self.source is not None or self.name is not None

    def includes(self, entity: Entity) -> bool:
        """Return whether this base connection, or source connection without one, is wanted."""
        return (
            (self.base_ids is None or entity.get("id") in self.base_ids)
            and (self.source is None or get_source_name(entity) == self.source)
            and (self.name is None or name_contains(entity, self.name))
        )


@dataclass
class SandboxExport:
    """The export of one sandbox: declared entities, skipped entities, and those that the stack already manages."""

    sandbox: str
    declarations: list[Declaration] = field(default_factory=list)
    skipped: list[SkippedEntity] = field(default_factory=list)
    managed: dict[str, str] = field(default_factory=dict)

    def list_of(self, kind: EntityKind) -> list[Declaration]:
        """Return the declarations of one kind, in the order of their names."""
        return sorted((each for each in self.declarations if each.kind == kind), key=lambda each: each.resource)

    @property
    def secret_keys(self) -> list[str]:
        """The config keys that a person fills in."""
        return [key for kind in KINDS for each in self.list_of(kind) for key in each.secrets.values()]

    @property
    def config(self) -> dict[str, str]:
        """The entries of the stack config that the exported program reads."""
        return {key: value for each in self.declarations for key, value in each.config.items()}


class EntityCollector:
    """Declares the entities of one sandbox, base connections first, because the others refer to them."""

    def __init__(self, content: SandboxContent, choice: ExportSelection, prefix: str = "") -> None:
        self._content = content
        self._choice = choice
        self._export = SandboxExport(content.name)
        self._declared: dict[str, Declaration] = {}
        every = [(kind, entity) for kind in KINDS for entity in content.entities[kind]]
        # Every entity gets its name before the choice, so that a filter changes no name.
        self._names = name_resources(every, prefix, choice.managed.values())
        self._wanted = self._select_entity_ids()

    def collect_export(self, kinds: Sequence[EntityKind] = KINDS) -> SandboxExport:
        """Declare the entities of these kinds, and return the export of the sandbox."""
        steps: Mapping[EntityKind, Callable[[Entity, str], Declaration]] = {
            BASE: self._declare_base,
            SOURCE: self._declare_source,
            TARGET: self._declare_target,
            FLOW: self._declare_flow,
        }
        for kind in kinds:
            self._collect_kind(kind, steps[kind])
        return self._export

    def _select_entity_ids(self) -> set[str]:
        if self._choice.is_limited:
            without_base = (each for each in self._content.entities[SOURCE] if each.get("baseConnectionId") is None)
            roots = [each for each in (*self._content.entities[BASE], *without_base) if self._choice.includes(each)]
            return select_with_dependents(self._content, {str(each["id"]) for each in roots})
        return {str(entity["id"]) for kind in KINDS for entity in self._content.entities[kind]}

    def _collect_kind(self, kind: EntityKind, declare: Callable[[Entity, str], Declaration]) -> None:
        entities = [entity for entity in self._content.entities[kind] if str(entity["id"]) in self._wanted]
        if kind == FLOW:
            self._read_mappings(entities)
        chosen_ids = self._choice.base_ids if kind == BASE else None
        duplicates = find_duplicates(kind, entities, chosen_ids)
        for entity in entities:
            id_ = str(entity["id"])
            if id_ in self._choice.managed:
                self._export.managed[id_] = self._choice.managed[id_]
                continue
            if id_ in duplicates:
                self._skip_entity(kind, entity, duplicates[id_])
                continue
            try:
                declaration = declare(entity, self._names[id_])
            except NotExpressible as reason:
                self._skip_entity(kind, entity, str(reason))
            else:
                self._declared[id_] = declaration
                self._export.declarations.append(declaration)

    def _skip_entity(self, kind: EntityKind, entity: Entity, reason: str) -> None:
        self._export.skipped.append(SkippedEntity(kind, entity, self._content.name, reason))

    def _declare_base(self, entity: Entity, resource: str) -> Declaration:
        used_keys = [key for declaration in self._declared.values() for key in declaration.secrets.values()]
        return declare_base_connection(entity, resource, self._content.name, used_keys)

    def _declare_source(self, entity: Entity, resource: str) -> Declaration:
        base = self._declared.get(str(entity.get("baseConnectionId")))
        declared = (
            DeclaredBaseConnection(build_variable(base.resource), base.inputs["connectionSpec"]) if base else None
        )
        return declare_source_connection(entity, resource, self._content.name, declared)

    def _declare_target(self, entity: Entity, resource: str) -> Declaration:
        return declare_target_connection(entity, resource, self._content.name, self._content.datasets)

    def _declare_flow(self, entity: Entity, resource: str) -> Declaration:
        source_id, target_id = get_connection_ids(entity)
        source = self._content.find_entity(SOURCE, source_id)
        mapping = self._mappings[str(entity["id"])]
        if isinstance(mapping, NotExpressible):
            raise mapping
        surroundings = DataflowContext(
            source=self._refer_to_entity(source_id),
            target=self._refer_to_entity(target_id),
            flow_spec=self._content.flow_specs.get(str(get_member(entity, "flowSpec", "id"))),
            mapping=mapping,
            reports_changes=has_change_data_capture(source),
            now=self._content.service.service_time(),
            declared_ids=tuple(id_ for id_ in (source_id, target_id) if id_ in self._declared),
            source_spec=find_catalogue_spec(source) if source_id in self._declared else None,
        )
        return declare_dataflow(entity, resource, self._content.name, surroundings)

    def _refer_to_entity(self, id_: str) -> NameExpression | str:
        declaration = self._declared.get(id_)
        return NameExpression(build_variable(declaration.resource)) if declaration else id_

    def _read_mappings(self, flows: Sequence[Entity]) -> None:
        """Read the mapping sets of the dataflows, several at the same time."""
        self._mappings: dict[str, Any] = {}
        with _show_progress(self._content.name, len(flows)) as step, ThreadPoolExecutor(_THREADS) as pool:
            for id_, mapping in pool.map(self._read_mapping, flows):
                self._mappings[id_] = mapping
                step(id_)

    def _read_mapping(self, flow: Entity) -> tuple[str, Any]:
        source = next(iter(self._find_sources(flow)), {})
        columns = {str(column.get("name")) for column in get_objects(source, "params", "columns")}
        try:
            return str(flow["id"]), read_declared_mapping(self._content.service, flow, columns)
        except NotExpressible as reason:
            return str(flow["id"]), reason

    def _find_sources(self, flow: Entity) -> Iterator[Entity]:
        ids = flow.get("sourceConnectionIds") or ()
        yield from (self._content.find_entity(SOURCE, id_) for id_ in ids)


def _show_progress(sandbox: str, total: int) -> AbstractContextManager[Callable[[str], None]]:
    """Show how many mapping sets are read, at a terminal only: a log has no use for a line for each of them."""
    if sys.stderr.isatty():
        return show_progress(f"mapping sets of {sandbox}", total)
    return nullcontext(lambda _: None)
