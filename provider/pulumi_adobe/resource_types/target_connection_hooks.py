"""The life-cycle hooks of a target connection: the dataset must exist, and its schema is the default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.preview_checks import is_access_failure
from pulumi_adobe.resource_types.draft_hooks import DraftHooks
from pulumi_adobe.resource_types.target_connection import SCHEMA
from pulumi_adobe.schema.values import Properties

_ASKED_INPUTS: Final = ("dataSetId", "schemaId")


class TargetConnectionHooks(DraftHooks):
    """Check the dataset, and take the schema from it."""

    def validate(
        self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the problems of a new dataset or schema."""
        if any(prior_outputs.get(name) != new_inputs.get(name, prior_outputs.get(name)) for name in _ASKED_INPUTS):
            resource = describe_resource(SCHEMA, new_inputs)
            yield from context.preview_checks.judge(resource, _find_dataset_problems(context, resource, new_inputs))

    def resolve(self, operation: ResourceOperation, planned_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs with the schema of the dataset, if the program gives none."""
        if planned_inputs.get("schemaId") is not None:
            return dict(planned_inputs)
        dataset = operation.context.metadata.get_dataset(str(planned_inputs["dataSetId"]))
        return {**planned_inputs, "schemaId": _get_schema_id(dataset)}


def _find_dataset_problems(context: ProviderContext, resource: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    dataset_id, schema_id = inputs.get("dataSetId"), inputs.get("schemaId")
    labels = context.get_labels(SCHEMA)
    if not isinstance(dataset_id, str):
        return

    def request() -> Mapping[str, Any]:
        try:
            return context.metadata.get_dataset(dataset_id)
        except NotFound as error:
            if is_access_failure(error):
                raise
            return {}

    dataset = context.preview_checks.ask("datasets", f"the dataset {dataset_id}", resource, request)
    if dataset == {}:
        yield f"{labels['dataSetId']}: this sandbox has no dataset {dataset_id}"
    dataset_schema_id = _get_schema_id(dataset or {})
    if isinstance(schema_id, str) and dataset_schema_id and dataset_schema_id != schema_id:
        yield f"{labels['schemaId']}: the dataset {dataset_id} has the schema {dataset_schema_id}"


def _get_schema_id(dataset: Mapping[str, Any]) -> str:
    return str(get_member(dataset, "schemaRef", "id") or "")
