"""The file for `pulumi import`: every resource with its state, so that Pulumi reads nothing."""

from __future__ import annotations

from typing import Any

from adobe_flow.export.declaration import KINDS, Declaration
from adobe_flow.export.target import StackTarget
from adobe_flow.importing.entries import ImportedEntity, build_entity_entry, write_import_file
from adobe_flow.pulumi_cli.resources import OURS
from pulumi_adobe.lifecycle.imported_state import Place
from pulumi_adobe.resource_names import build_owner


def build_import_file(target: StackTarget) -> str:
    """Return the text of the file for a stack. No secret is in it."""
    declarations = [declaration for kind in KINDS for declaration in target.export.list_of(kind)]
    return write_import_file([_build_import_entry(target, declaration) for declaration in declarations])


def _build_import_entry(target: StackTarget, declaration: Declaration) -> dict[str, Any]:
    type_token = f"{OURS}{declaration.type_name}"
    owner = build_owner(target.project, target.stack, declaration.resource)
    inputs: dict[str, Any] = {**declaration.inputs, "owner": owner}
    place = Place(target.credentials.org_id, declaration.sandbox)
    return build_entity_entry(ImportedEntity(type_token, declaration.resource, declaration.entity, place, inputs))
