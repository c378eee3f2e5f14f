"""How a program declares target connections."""

from __future__ import annotations

from adobe_flow.aep.entities import Entity, get_spec_id
from adobe_flow.export.declaration import TARGET, Declaration, NotExpressible
from adobe_flow.export.entity_inputs import read_inputs
from adobe_flow.export.expressions import CallExpression
from adobe_flow.export.sandbox import DatasetNames
from adobe_flow.export.unchanged import describe_losses, require_unchanged
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resource_types.target_connection import DATA_LAKE_SPEC_ID, DEFAULT_SCHEMA_VERSION


def declare_target_connection(entity: Entity, resource: str, sandbox: str, datasets: DatasetNames) -> Declaration:
    """Return the declaration of a target connection. Raises `NotExpressible`.

    The dataset is found by its name, so that the program runs in another sandbox. If the sandbox has several of that
    name, or none, the stack's config has its id.
    """
    resource_type = get_resource_type("TargetConnection")
    if get_spec_id(entity) != DATA_LAKE_SPEC_ID:
        raise NotExpressible("it is not a dataset of the data lake, and TargetConnection declares only those")
    inputs = {**read_inputs(resource_type.schema, entity), **resource_type.schema.fixed_inputs}
    # The provider takes the schema of the dataset: its id is another one in another sandbox.
    inputs.pop("schemaId", None)
    require_unchanged(resource_type, inputs, entity)
    version, dataset_id = inputs["schemaVersion"], str(inputs["dataSetId"])
    dataset_name, key = datasets.find_unique_name(dataset_id), f"dataset-{dataset_id}"
    arguments = {
        "name": inputs["name"],
        **{name: inputs[name] for name in ("description",) if name in inputs},
        "dataset_id": CallExpression("find_dataset", (dataset_name,))
        if dataset_name
        else CallExpression("config.require", (key,)),
        **({"schema_version": version} if version != DEFAULT_SCHEMA_VERSION else {}),
        **({"format": inputs["format"]} if "format" in inputs else {}),
        **({"draft": True} if inputs.get("draft") else {}),
    }
    call = CallExpression("TargetConnection", (resource,), arguments, one_per_line=True)
    notes = describe_losses(resource_type.schema.for_properties(inputs), entity, ("data", "params"))
    if datasets.is_gone(dataset_id):
        notes.append(f"the sandbox has no dataset {dataset_id} any more")
    config = {} if dataset_name else {key: dataset_id}
    return Declaration(TARGET, resource, sandbox, entity, "TargetConnection", call, inputs, config=config, notes=notes)
