"""The life-cycle hooks of a target connection: the dataset must exist, and its schema is the default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_adobe.flow_service.errors import FlowServiceError, NotFound
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.resource_types.draft_hooks import DraftHooks
from pulumi_adobe.schema.values import Properties


class TargetConnectionHooks(DraftHooks):
    """Check the dataset, and take the schema from it."""

    def validate(
        self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the problems of a new dataset. If it cannot be read, show a warning."""
        dataset_id, schema_id = new_inputs.get("dataSetId"), new_inputs.get("schemaId")
        if not isinstance(dataset_id, str) or dataset_id == prior_outputs.get("dataSetId"):
            return
        try:
            dataset = context.metadata.get_dataset(dataset_id)
        except NotFound:
            yield f"dataset_id: this sandbox has no dataset {dataset_id}"
            return
        except FlowServiceError as error:
            context.show_message(f"warning: the dataset {dataset_id} could not be read: {error}")
            return
        dataset_schema_id = _get_schema_id(dataset)
        if isinstance(schema_id, str) and dataset_schema_id and dataset_schema_id != schema_id:
            yield f"schema_id: the dataset {dataset_id} has the schema {dataset_schema_id}"

    def resolve(self, operation: ResourceOperation, planned_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs with the schema of the dataset, if the program gives none."""
        if planned_inputs.get("schemaId") is not None:
            return dict(planned_inputs)
        dataset = operation.context.metadata.get_dataset(str(planned_inputs["dataSetId"]))
        return {**planned_inputs, "schemaId": _get_schema_id(dataset)}


def _get_schema_id(dataset: Mapping[str, Any]) -> str:
    return str(get_member(dataset, "schemaRef", "id") or "")
