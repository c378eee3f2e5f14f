"""The declarations of source connections and target connections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.aep.entities import Entity, find_catalogue_spec, get_spec_id
from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.documents import is_nested_deeper
from adobe_flow.export.declaration import SOURCE, TARGET, Declaration, NotExpressible
from adobe_flow.export.expressions import Call, Name
from adobe_flow.export.sandbox import Datasets
from adobe_flow.export.unchanged import describe_losses, require_unchanged
from pulumi_adobe.json_values import get_objects
from pulumi_adobe.lifecycle.entity import entity_to_inputs
from pulumi_adobe.resource_types.registry import ResourceType, get_resource_type
from pulumi_adobe.resource_types.target_connection import DEFAULT_SCHEMA_VERSION, FIXED_INPUTS

_DRAFT: Final = "draft"
_TABULAR: Final = "tabular"
_MAX_NESTING: Final = 20
"""The most objects and lists inside one another; columns have three (Adobe: tabular.md)."""
# The arguments of files are those of a provider that has them; the inputs of another one lack their names.
_SOURCE_ARGUMENTS: Final = {
    "tableName": "table",
    "columns": "columns",
    "path": "path",
    "pathType": "path_type",
    "recursive": "recursive",
    "format": "format",
    "columnDelimiter": "column_delimiter",
    "encoding": "encoding",
    "compressionType": "compression_type",
    "cdcEnabled": "cdc",
    "draft": "draft",
}


@dataclass(frozen=True)
class DeclaredBase:
    """The base connection of a source connection, if the same program declares it: its variable, and its spec."""

    variable: str
    connection_spec: Mapping[str, Any]


def declare_source_connection(entity: Entity, resource: str, sandbox: str, base: DeclaredBase | None) -> Declaration:
    """Return the declaration of a source connection. Raises `NotExpressible`."""
    resource_type = get_resource_type("SourceConnection")
    inputs = read_inputs(resource_type, entity)
    base_id = inputs.get("baseConnectionId")
    if base_id is None:
        raise NotExpressible("it has no base connection (a streaming source or a landing zone)")
    missing = _find_missing_location(inputs)
    if missing:
        raise NotExpressible(f"it names no {missing}, so it reads no batch source")
    if base is not None:
        inputs["connectionSpec"] = dict(base.connection_spec)
        reference: dict[str, Any] = {"base_connection": Name(base.variable)}
    else:
        spec = find_catalogue_spec(entity)
        if spec is None:
            raise NotExpressible(
                f"its base connection {base_id} is not in this program, and the catalogue lacks its source "
                f"{get_spec_id(entity)}"
            )
        inputs["connectionSpec"] = {"id": spec.id, "version": spec.version}
        reference = {"base_connection": base_id, "source": spec.source}
    if "columns" in inputs and get_objects(inputs, "columns") != inputs["columns"]:
        raise NotExpressible("its columns are not all objects")
    require_unchanged(resource_type, inputs, entity)
    call = Call("SourceConnection", (resource,), {**reference, **_build_source_arguments(inputs)}, one_per_line=True)
    notes = describe_losses(resource_type.schema.for_properties(inputs), entity, ("data", "params"))
    uses = (str(base_id),) if base is not None else ()
    return Declaration(SOURCE, resource, sandbox, entity, "SourceConnection", call, inputs, notes=notes, uses=uses)


def declare_target_connection(entity: Entity, resource: str, sandbox: str, datasets: Datasets) -> Declaration:
    """Return the declaration of a target connection. Raises `NotExpressible`.

    The dataset is found by its name, so that the program runs in another sandbox. If the sandbox has several of that
    name, or none, the stack's config has its id.
    """
    resource_type = get_resource_type("TargetConnection")
    if get_spec_id(entity) != FIXED_INPUTS["connectionSpec"]["id"]:
        raise NotExpressible("it is no dataset of the data lake, and TargetConnection declares these only")
    inputs = {**read_inputs(resource_type, entity), **FIXED_INPUTS}
    # The provider takes the schema of the dataset: its id is another one in another sandbox.
    inputs.pop("schemaId", None)
    require_unchanged(resource_type, inputs, entity)
    version, dataset_id = inputs["schemaVersion"], str(inputs["dataSetId"])
    dataset_name, key = datasets.find_unique_name(dataset_id), f"dataset-{dataset_id}"
    arguments = {
        "name": inputs["name"],
        **{name: inputs[name] for name in ("description",) if name in inputs},
        "dataset_id": Call("find_dataset", (dataset_name,)) if dataset_name else Call("config.require", (key,)),
        **({"schema_version": version} if version != DEFAULT_SCHEMA_VERSION else {}),
        **({"draft": True} if inputs.get("draft") else {}),
    }
    call = Call("TargetConnection", (resource,), arguments, one_per_line=True)
    notes = describe_losses(resource_type.schema.for_properties(inputs), entity, ("data", "params"))
    if datasets.is_gone(dataset_id):
        notes.append(f"the sandbox has no dataset {dataset_id} any more")
    config = {} if dataset_name else {key: dataset_id}
    return Declaration(TARGET, resource, sandbox, entity, "TargetConnection", call, inputs, config=config, notes=notes)


def read_inputs(resource_type: ResourceType, entity: Entity) -> dict[str, Any]:
    """Return the inputs that an entity shows, and whether it is a draft. Raises `NotExpressible`."""
    inputs = entity_to_inputs(resource_type.schema, entity)
    unreadable = [name for name, value in {**inputs, "id": entity.get("id")}.items() if _is_unreadable(value)]
    if unreadable:
        raise NotExpressible(f"Flow Service shows its {', '.join(unreadable)} in a form that cannot be read")
    if not str(inputs.get("name") or "").strip():
        raise NotExpressible("it has no name; give it one in Experience Platform")
    return {**inputs, "draft": True} if entity.get("state") == _DRAFT else inputs


def _find_missing_location(inputs: Mapping[str, Any]) -> str | None:
    """Return the argument that the hooks of a source connection require for its format, and that it lacks."""
    name, argument = ("tableName", "table") if inputs.get("format") == _TABULAR else ("path", "path")
    return None if name in inputs else argument


def _is_unreadable(value: Any) -> bool:
    return value == UNREADABLE or is_nested_deeper(value, _MAX_NESTING)


def _build_source_arguments(inputs: Mapping[str, Any]) -> dict[str, Any]:
    about = {name: inputs[name] for name in ("name", "description") if name in inputs}
    values = {argument: inputs[name] for name, argument in _SOURCE_ARGUMENTS.items() if name in inputs}
    if values.get("format") == _TABULAR and "path" not in values:
        del values["format"]
    return {**about, **values}
