"""A target connection: the dataset that a dataflow writes to.

Adobe: "Create a target connection" of the sources tutorials; the data lake's connection spec is always the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi

from pulumi_adobe.declaration import ResourceSchema, Field, Properties
from pulumi_adobe.dynamic import DynamicProvider
from pulumi_adobe.members import get_member
from pulumi_adobe.resources.connection_fields import ADOPT_ID, NAME_AND_DESCRIPTION, CONNECTION_SPEC
from pulumi_adobe.resources.declared import FlowServiceResource
from pulumi_adobe.resources.drafts import DRAFT, DraftHooks

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.job import ResourceOperation
    from pulumi_adobe.lifecycle.run import ProviderContext

_KIND: Final = "TargetConnection"
_DATA_LAKE_SPEC: Final = {"id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c", "version": "1.0"}
_SCHEMA_VERSION: Final = "application/vnd.adobe.xed-full+json;version=1"


class TargetConnectionHooks(DraftHooks):
    """The schema is the dataset's, where the program does not say."""

    def validate(self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Iterable[str]:
        """Whether there is such a dataset, asked where it is a new one; out of reach it is a warning."""
        dataset, schema = new_inputs.get("dataSetId"), new_inputs.get("schemaId")
        if not isinstance(dataset, str) or dataset == prior_outputs.get("dataSetId"):
            return
        try:
            dataset_entity = context.metadata.get_dataset(dataset)
        except context.not_found_error:
            yield f"dataset_id: there is no dataset {dataset} in this sandbox"
            return
        except context.service_error as error:
            context.show_message(f"warning: the dataset {dataset} could not be asked for: {error}")
            return
        dataset_schema_id = _get_schema_id(dataset_entity)
        if isinstance(schema, str) and dataset_schema_id and dataset_schema_id != schema:
            yield f"schema_id: the dataset {dataset} has the schema {dataset_schema_id}"

    def resolve(self, operation: ResourceOperation, new_inputs: Mapping[str, Any]) -> Properties:
        """With the schema."""
        if new_inputs.get("schemaId") is not None:
            return dict(new_inputs)
        return {**new_inputs, "schemaId": _get_schema_id(operation.context.metadata.get_dataset(str(new_inputs["dataSetId"])))}


def _get_schema_id(dataset: Mapping[str, Any]) -> str:
    return str(get_member(dataset, "schemaRef", "id") or "")


class TargetConnectionProvider(DynamicProvider):
    """The provider that stands, as a reference to this class, in the state of every target connection."""

    declaration: ClassVar[ResourceSchema] = ResourceSchema(
        _KIND,
        "targetConnections",
        (
            *NAME_AND_DESCRIPTION,
            # Adobe: update-dataflows.md: a target connection is not to be updated under a dataflow.
            Field("dataSetId", ("params", "dataSetId"), "dataset_id", required=True, replace_on_changes=True),
            Field("schemaId", ("data", "schema", "id"), "schema_id", replace_on_changes=True, computed=True),
            Field("schemaVersion", ("data", "schema", "version"), "schema_version", required=True, replace_on_changes=True),
            CONNECTION_SPEC,
            DRAFT,
            ADOPT_ID,
        ),
        atomic_pointers=(),
        has_connection_test=False,
        hooks=TargetConnectionHooks(),
    )


class TargetConnection(FlowServiceResource, module="adobe", name="TargetConnection"):
    """A dataset of the data lake.

    A change of its name or description updates it; of anything else it replaces it, and the dataflows that write to it.
    """

    provider_class = TargetConnectionProvider
    fixed: ClassVar[Mapping[str, Any]] = {"connectionSpec": _DATA_LAKE_SPEC}

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    dataset_id: pulumi.Output[str]
    schema_id: pulumi.Output[str]
    schema_version: pulumi.Output[str]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        dataset_id: pulumi.Input[str],
        schema_id: pulumi.Input[str] | None = None,
        schema_version: pulumi.Input[str] = _SCHEMA_VERSION,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        draft: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: What Pulumi calls it.
            dataset_id: The dataset, 24 hex digits.
            schema_id: The `$id` of its schema; found out where it is left out.
            schema_version: The schema's content type and version.
            name: Its name in Experience Platform; the resource's where it is left out.
            description: What it is for.
            draft: `True` makes a draft, which is published as soon as that is taken away (Adobe: draft.md).
            adopt_id: The id of one to take over, where this one is not made yet; without effect afterwards.
            opts: Pulumi's options.
        """
        arguments = {
            "name": resource_name if name is None else name,
            "description": description,
            "dataset_id": dataset_id,
            "schema_id": schema_id,
            "schema_version": schema_version,
            "draft": draft or None,
            "adopt_id": adopt_id,
        }
        super().__init__(resource_name, arguments, opts)
