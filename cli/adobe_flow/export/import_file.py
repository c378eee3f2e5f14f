"""The file for `pulumi import`: every resource with its state, so that Pulumi reads nothing."""

from __future__ import annotations

from typing import Any

from adobe_flow.export.declaration import KINDS, Declaration
from adobe_flow.export.target import StackTarget
from adobe_flow.importing.entries import ImportedEntity, build_entity_entry, write_import_file
from pulumi_adobe.lifecycle.imported_state import Place
from pulumi_adobe.plugin.state_format import DYNAMIC, NATIVE, StateFormat
from pulumi_adobe.resource_names import build_owner
from pulumi_adobe.version import VERSION


def build_import_file(target: StackTarget, state_format: StateFormat = DYNAMIC) -> str:
    """Return the text of the file for a stack, with resources of this adapter. No secret is in it."""
    declarations = [declaration for kind in KINDS for declaration in target.export.list_of(kind)]
    return write_import_file([_build_entry(target, declaration, state_format) for declaration in declarations])


def _build_entry(target: StackTarget, declaration: Declaration, state_format: StateFormat) -> dict[str, Any]:
    type_token = state_format.build_type_token(declaration.type_name)
    owner = build_owner(target.project, target.stack, declaration.resource)
    inputs: dict[str, Any] = {**declaration.inputs, "owner": owner}
    place = Place(target.credentials.org_id, declaration.sandbox)
    entry = build_entity_entry(ImportedEntity(type_token, declaration.resource, declaration.entity, place, inputs))
    # The engine chooses the provider by the version, which the SDK of the program names too.
    return {**entry, "version": VERSION} if state_format is NATIVE else entry
