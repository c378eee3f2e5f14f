"""The entries of a file that `pulumi import --file` reads: entities of Flow Service, components and providers.

An entry has inputs and outputs, so that Pulumi stores them and reads nothing: a dynamic provider has no import by id.
Pulumi: `pkg/cmd/pulumi/operations/import.go`, `importSpec`; `outputs` since 3.254.0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.aep.entities import Entity
from pulumi_adobe.json_values import get_object, get_objects
from pulumi_adobe.lifecycle.imported_state import Place
from pulumi_adobe.plugin.state_format import DYNAMIC, build_imported_properties
from pulumi_adobe.resource_names import build_urn, parse_urn

PROVIDER_TYPE: Final = DYNAMIC.provider_type
"""The type token of a `FlowService`."""


@dataclass(frozen=True)
class ImportedEntity:
    """An entity of Flow Service, and the resource of a program that it becomes.

    Attributes:
        type: The type token of the resource.
        name: The name of the resource in the program.
        entity: The entity as it was read.
        place: The organization and sandbox in which it was read.
        inputs: The inputs of the life cycle: Adobe's names, `owner` included; a secret is encrypted by the stack's own
            secrets provider, or absent.
        parent: The entry that is the resource's parent, by its name in the file; None for the stack.
        provider: The entry, or the name in the file's name table, of its `FlowService`; None for the default provider.
        entry_name: The name in the file, if another entry has the resource's name.
    """

    type: str
    name: str
    entity: Entity
    place: Place
    inputs: Mapping[str, Any] = field(repr=False)
    parent: str | None = None
    provider: str | None = None
    entry_name: str | None = None


def build_entity_entry(imported: ImportedEntity) -> dict[str, Any]:
    """Return the entry of an entity, with the whole state of the resource. Raises ValueError for another type."""
    state = build_imported_properties(imported.type, imported.inputs, imported.entity, imported.place)
    return _omit_none(
        {
            **_build_entry_head(imported.type, imported.name, imported.parent, imported.entry_name),
            "id": str(imported.entity["id"]),
            "provider": imported.provider,
            "inputs": state.inputs,
            "outputs": state.outputs,
        }
    )


def build_state_entry(
    entry: Mapping[str, Any], id_: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the entry of Pulumi's own import file with the id and the state of the resource in it."""
    return {**entry, "id": id_, "inputs": dict(inputs), "outputs": dict(outputs)}


def build_component_entry(
    type_token: str, name: str, parent: str | None = None, entry_name: str | None = None
) -> dict[str, Any]:
    """Return the entry of a component, such as an `Ingestion`, or of a class of the program."""
    return _omit_none({**_build_entry_head(type_token, name, parent, entry_name), "component": True})


def build_provider_entry(
    name: str, inputs: Mapping[str, Any], parent: str | None = None, entry_name: str | None = None
) -> dict[str, Any]:
    """Return the entry of a `FlowService`, which the import creates; secrets among its inputs are encrypted."""
    return _omit_none({**_build_entry_head(PROVIDER_TYPE, name, parent, entry_name), "inputs": dict(inputs)})


def index_entries(document: Mapping[str, Any], stack_urn: str) -> dict[str, Mapping[str, Any]]:
    """Return the entries of an import file by the URNs of their resources. A parent stands before its children."""
    urns = {name: str(urn) for name, urn in get_object(document, "nameTable").items() if parse_urn(str(urn)).type}
    entries: dict[str, Mapping[str, Any]] = {}
    for entry in get_objects(document, "resources"):
        name, type_token, parent = entry.get("name"), entry.get("type"), urns.get(str(entry.get("parent")), stack_urn)
        if isinstance(name, str) and isinstance(type_token, str):
            urns[name] = build_urn(parent, type_token, str(entry.get("logicalName") or name))
            entries[urns[name]] = entry
    return entries


def write_import_file(entries: Sequence[Mapping[str, Any]], name_table: Mapping[str, str] | None = None) -> str:
    """Return the text of the file. ``name_table`` has the URNs of what the stack holds already, by name in the file."""
    document = {"nameTable": dict(name_table or {}), "resources": list(entries)}
    return f"{json.dumps(document, indent=4, ensure_ascii=False)}\n"


def _build_entry_head(type_token: str, name: str, parent: str | None, entry_name: str | None) -> dict[str, Any]:
    head = {"type": type_token, "name": entry_name or name, "parent": parent}
    return {**head, "logicalName": name} if entry_name not in {None, name} else head


def _omit_none(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value is not None}
