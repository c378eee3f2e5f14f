"""The resource schema of a source connection: which table or files of a base connection are read.

Adobe: database-nosql.md ("Create a dataflow for database sources"), cloud-storage.md; change-data-capture.md.
"""

from __future__ import annotations

from typing import Final

from pulumi_adobe.resource_types.fields import ADOPT_ID, CONNECTION_SPEC, DRAFT, NAME_AND_DESCRIPTION
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema

DATAFLOW_COLUMNS: Final = "dataflowColumns"
"""The input with the columns that the program's dataflows use of this source connection, which only a check reads."""

FORMATS: Final = ("tabular", "delimited", "json", "parquet")


def _validate_format(value: str) -> str | None:
    return None if value in FORMATS else f"must be one of {', '.join(FORMATS)}"


SCHEMA: Final = ResourceSchema(
    "SourceConnection",
    "sourceConnections",
    (
        *NAME_AND_DESCRIPTION,
        # Adobe: update-dataflows.md: what a source connection reads must not be updated under a dataflow.
        Field(
            "baseConnectionId",
            ("baseConnectionId",),
            "base_connection_id",
            "base_connection",
            required=True,
            replace_on_changes=True,
        ),
        Field(
            "format", ("data", "format"), "format", required=True, replace_on_changes=True, validate=_validate_format
        ),
        Field("tableName", ("params", "tableName"), "table", replace_on_changes=True),
        Field("columns", ("params", "columns"), "columns", replace_on_changes=True, type=list, computed=True),
        Field("cdcEnabled", ("params", "cdcEnabled"), "cdc", replace_on_changes=True, type=bool),
        Field("path", ("params", "path"), "path", replace_on_changes=True),
        Field("recursive", ("params", "recursive"), "recursive", replace_on_changes=True, type=bool),
        CONNECTION_SPEC,
        DRAFT,
        ADOPT_ID,
    ),
    check_inputs=(DATAFLOW_COLUMNS,),
    atomic_pointers=(),
    duplicate_scope=("baseConnectionId",),
    has_connection_test=False,
)
