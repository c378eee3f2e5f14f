"""The XDM schema: the mapping set, the target connection and the dataset have the same one."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.connection.connection_path import Pipeline
from adobe_flow.problem import Problem
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.json_values import get_member


def check(case: Case) -> str:
    """Compare the ids of the schemas."""
    path = case.path()

    def judge(pipeline: Pipeline) -> str:
        if pipeline.dataset_id is None:
            raise Problem(
                "its target connection is gone, or names no dataset.",
                "Create it again: pulumi refresh, then pulumi up.",
            )
        schemas = {"the target connection": pipeline.schema_id}
        try:
            schemas["the dataset"] = get_member(path.dataset(pipeline.dataset_id), "schemaRef", "id")
        except NotFound:
            raise Problem(
                f"the sandbox has no dataset {pipeline.dataset_id}.", "Correct `dataset_id` of the target connection."
            ) from None
        if pipeline.mapping_set_id is not None:
            found = path.mapping_set(pipeline.mapping_set_id)
            schemas["the mapping set"] = get_member(found, "outputSchema", "schemaRef", "id") or found.get("xdmSchema")
        different = {name: str(schema) for name, schema in schemas.items() if schema}
        if len(set(different.values())) > 1:
            listed = ", ".join(f"{name} has {schema}" for name, schema in different.items())
            raise Problem(
                f"the XDM schemas differ: {listed}.",
                "Take the schema of the dataset everywhere: leave out `schema_id` of the target connection, and "
                "declare the mapping again.",
            )
        return f"the dataset {pipeline.dataset_id}, its mapping and its target connection have the same schema"

    return path.judge_each(judge)
