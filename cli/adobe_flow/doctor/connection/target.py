"""The checks of the target: the identity that the mapping fills, and the XDM schema.

Adobe: descriptors.md and schemas.md (`xdm:descriptorIdentity`, `xdm:descriptorPrimaryKey`). Rows without an identity
are dropped, or are in no profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adobe_flow.doctor.connection_path import Pipeline
from adobe_flow.doctor.context import DoctorContext
from adobe_flow.problem import Problem
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.json_values import get_member
from pulumi_adobe.resource_types.mapping_sets import parse_mappings


def check_identity(context: DoctorContext) -> str:
    """Check that each mapping set fills the primary identity and key of the XDM schema."""
    path = context.get_connection_path()

    def judge(pipeline: Pipeline) -> str:
        if pipeline.schema_id is None or pipeline.mapping_set_id is None:
            return "without a mapping, so nothing was compared"
        needed = list(_list_identity_paths(path.list_descriptors(pipeline.schema_id)))
        mappings = parse_mappings(path.get_mapping_set(pipeline.mapping_set_id))
        mapped = [_pointer_to_path(mapping.destination) for mapping in mappings]
        missing = [identity for identity in needed if not any(_mapping_fills_path(other, identity) for other in mapped)]
        if missing:
            raise Problem(
                f"the mapping does not fill {', '.join(missing)}, the primary identity or key of the schema.",
                "Map a column to it: `mapping` of the dataflow. Without it, rows are dropped or belong to no profile.",
            )
        return f"the mapping fills {', '.join(needed)}" if needed else "the schema has no primary identity"

    return path.judge_dataflows(judge)


def _list_identity_paths(descriptors: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    for type_, descriptor in descriptors:
        is_primary_identity = type_ == "xdm:descriptorIdentity" and descriptor.get("xdm:isPrimary") is True
        if is_primary_identity or type_ == "xdm:descriptorPrimaryKey":
            member = descriptor.get("xdm:sourceProperty")
            properties = member if isinstance(member, list) else [member]
            yield from (_pointer_to_path(property_) for property_ in properties if isinstance(property_, str))


def _pointer_to_path(path: str) -> str:
    return path.strip("/").replace("/", ".")


def _mapping_fills_path(mapped: str, path: str) -> bool:
    """Return whether a mapping to one path fills another: the same one, or an object around it."""
    return path == mapped or path.startswith(f"{mapped}.")


def check_schema(context: DoctorContext) -> str:
    """Check that the mapping set, the target connection and the dataset have the same XDM schema."""
    path = context.get_connection_path()

    def judge(pipeline: Pipeline) -> str:
        if pipeline.dataset_id is None:
            raise Problem(
                "its target connection does not exist any more, or names no dataset.",
                "Create it again: pulumi refresh, then pulumi up.",
            )
        schemas = {"the target connection": pipeline.schema_id}
        try:
            schemas["the dataset"] = get_member(path.get_dataset(pipeline.dataset_id), "schemaRef", "id")
        except NotFound:
            raise Problem(
                f"the sandbox has no dataset {pipeline.dataset_id}.", "Correct `dataset_id` of the target connection."
            ) from None
        if pipeline.mapping_set_id is not None:
            mapping_set = path.get_mapping_set(pipeline.mapping_set_id)
            output_schema = get_member(mapping_set, "outputSchema", "schemaRef", "id")
            schemas["the mapping set"] = output_schema or mapping_set.get("xdmSchema")
        stated = {name: str(schema) for name, schema in schemas.items() if schema}
        if len(set(stated.values())) > 1:
            listed = ", ".join(f"{name} has {schema}" for name, schema in stated.items())
            raise Problem(
                f"the XDM schemas differ: {listed}.",
                "Use the schema of the dataset everywhere: leave out `schema_id` of the target connection, and "
                "declare the mapping again.",
            )
        return f"the dataset {pipeline.dataset_id}, its mapping and its target connection have the same schema"

    return path.judge_dataflows(judge)
