"""The resource schema of a target connection: the dataset that a dataflow writes to.

Adobe: "Create a target connection" of the sources tutorials; the data lake's connection spec is always the same one.
"""

from __future__ import annotations

from typing import Final

from pulumi_adobe.resource_types.fields import ADOPT_ID, CONNECTION_SPEC, DEFAULT_NAME_AND_DESCRIPTION, DRAFT
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema

DATA_LAKE_SPEC_ID: Final = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"

DEFAULT_SCHEMA_VERSION: Final = "application/vnd.adobe.xed-full+json;version=1"
"""The content type and version of the XDM schema, where the program gives none."""

SCHEMA: Final = ResourceSchema(
    "TargetConnection",
    "targetConnections",
    (
        *DEFAULT_NAME_AND_DESCRIPTION,
        # Adobe: update-dataflows.md: a target connection must not be updated under a dataflow.
        Field("dataSetId", ("params", "dataSetId"), "dataset_id", required=True, replace_on_changes=True),
        Field("schemaId", ("data", "schema", "id"), "schema_id", replace_on_changes=True, computed=True),
        Field(
            "schemaVersion",
            ("data", "schema", "version"),
            "schema_version",
            required=True,
            replace_on_changes=True,
            default=lambda _: DEFAULT_SCHEMA_VERSION,
        ),
        # Computed, so that a target connection that shows a format which no program has declared stays as it is.
        Field("format", ("data", "format"), "format", replace_on_changes=True, computed=True),
        CONNECTION_SPEC,
        DRAFT,
        ADOPT_ID,
    ),
    atomic_pointers=(),
    has_connection_test=False,
    fixed_inputs={"connectionSpec": {"id": DATA_LAKE_SPEC_ID, "version": "1.0"}},
)
