"""Export several sandboxes: each is looked into, and one that cannot be read stops nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.aep.entities import find_entity, get_source_name
from adobe_flow.export.collect import EntityCollector, ExportSelection, SandboxExport
from adobe_flow.export.declaration import BASE, KINDS, Declaration, EntityKind, SkippedEntity
from adobe_flow.export.sandbox import SandboxContent, read_sandbox
from adobe_flow.progress import show_steps
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import AccessDenied


@dataclass(frozen=True)
class ExportFilters:
    """The user's selection of the entities to export.

    Attributes:
        only: Names or ids of base connections.
        source: The source of base connections.
        name: A text in the names of base connections.
        managed: The resource names, by id, of the entities that the stack manages already.
    """

    only: Sequence[str] = ()
    source: str | None = None
    name: str | None = None
    managed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SandboxesExport:
    """The exports of the sandboxes; ``refused`` has the reason for each sandbox that could not be read."""

    sandboxes: Sequence[SandboxExport]
    refused: Mapping[str, str]

    @property
    def declarations(self) -> list[Declaration]:
        """The declared entities of all sandboxes, kind by kind."""
        return [declaration for sandbox in self.sandboxes for kind in KINDS for declaration in sandbox.list_of(kind)]

    @property
    def skipped(self) -> list[SkippedEntity]:
        """The skipped entities of all sandboxes, with the reasons."""
        return [skipped for sandbox in self.sandboxes for skipped in sandbox.skipped]


def export_sandboxes(
    services: Sequence[FlowServiceClient],
    filters: ExportFilters,
    *,
    kinds: Sequence[EntityKind] = KINDS,
    prefix_names: bool = False,
) -> SandboxesExport:
    """Export each sandbox.

    Args:
        services: A client for each sandbox.
        filters: What is wanted.
        kinds: The kinds of entities that are exported.
        prefix_names: Whether the name of each resource begins with its sandbox.

    Raises:
        Problem: No base connection has a name or an id that is asked for, or several have the name.
        AccessDenied: The only sandbox may not be read.
    """
    contents, refused = _read_sandboxes(services, kinds)
    bases = [entity for content in contents for entity in content.entities[BASE]]
    only = frozenset(str(find_entity(bases, name_or_id)["id"]) for name_or_id in filters.only) if filters.only else None
    choice = ExportSelection(only, filters.source, filters.name, filters.managed)
    collectors = (EntityCollector(content, choice, prefix=content.name if prefix_names else "") for content in contents)
    return SandboxesExport([collector.collect_export(kinds) for collector in collectors], refused)


def _read_sandboxes(
    services: Sequence[FlowServiceClient], kinds: Sequence[EntityKind]
) -> tuple[list[SandboxContent], dict[str, str]]:
    contents: list[SandboxContent] = []
    refused: dict[str, str] = {}
    with show_steps() as report_step:
        for service in services:
            report_step(f"reading the sandbox {service.credentials.sandbox}")
            try:
                contents.append(read_sandbox(service, kinds))
            except AccessDenied as error:
                if len(services) == 1:
                    raise
                refused[service.credentials.sandbox] = error.message
    return contents, refused


def build_export_result(export: SandboxesExport) -> dict[str, Any]:
    """Return the export as JSON; of secrets the config keys alone."""
    return {
        "resources": [_declaration_to_json(declaration) for declaration in export.declarations],
        "skipped": [
            {
                "kind": skipped.kind.label,
                "id": skipped.entity["id"],
                "name": skipped.entity.get("name"),
                "sandbox": skipped.sandbox,
                "reason": skipped.reason,
            }
            for skipped in export.skipped
        ],
        "managed": [
            {"id": id_, "resource": resource}
            for sandbox in export.sandboxes
            for id_, resource in sandbox.managed.items()
        ],
        "refused": [{"sandbox": sandbox, "reason": reason} for sandbox, reason in export.refused.items()],
    }


def _declaration_to_json(declaration: Declaration) -> dict[str, Any]:
    is_base = declaration.kind == BASE
    return {
        "kind": declaration.kind.label,
        "resource": declaration.resource,
        "id": declaration.id,
        "name": declaration.name,
        "source": get_source_name(declaration.entity) if is_base else None,
        "sandbox": declaration.sandbox,
        "class": declaration.type_name,
        "secrets": dict(declaration.secrets),
        "notes": list(declaration.notes),
    }
