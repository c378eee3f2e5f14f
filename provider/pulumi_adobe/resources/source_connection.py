"""A source connection: which table or files of a source are read.

Adobe: database-nosql.md ("Create a dataflow for database sources"), cloud-storage.md; change-data-capture.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi

from pulumi_adobe.declaration import UNKNOWN, Declaration, Field, Properties
from pulumi_adobe.dynamic import FlowServiceProvider
from pulumi_adobe.members import member
from pulumi_adobe.near import near
from pulumi_adobe.resources.connection_fields import ADOPT, COMMON, CONNECTION_SPEC
from pulumi_adobe.resources.declared import DeclaredResource
from pulumi_adobe.resources.drafts import DRAFT, DraftBehaviour
from pulumi_adobe.sources import connection_specs

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.job import Job
    from pulumi_adobe.lifecycle.run import Run

_KIND: Final = "SourceConnection"
FORMATS: Final = ("tabular", "delimited", "json", "parquet")


class _Explored(DraftBehaviour):
    """Columns that the program leaves out are those of the table when it is made."""

    def problems(self, run: Run, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Iterable[str]:
        """What the table has to say; it is asked where something of it is new, and out of reach it is a warning."""
        base, table = news.get("baseConnectionId"), news.get("tableName")
        kind = news.get("format")
        if kind == "tabular" and table is None:
            yield "table: is missing"
        if kind != "tabular" and kind is not UNKNOWN and news.get("path") is None:
            yield "path: is missing"
        columns = news.get("columns")
        asked = ("baseConnectionId", "tableName", "columns")
        if not isinstance(base, str) or not isinstance(table, str) or not isinstance(columns, list):
            return
        if all(olds.get(name) == news.get(name) for name in asked):
            return
        try:
            there = [each["name"] for each in run.explored.columns(base, table)]
        except run.errors as error:
            run.say(f"warning: the columns of {table} could not be asked for: {error}")
            return
        for column in columns:
            name = member(column, "name")
            if isinstance(name, str) and name not in there:
                yield f"columns: {table} has no column {name}{near(name, there)}"

    def completed(self, job: Job, news: Mapping[str, Any]) -> Properties:
        """With the columns."""
        if news.get("columns") is None and isinstance(news.get("tableName"), str):
            columns = job.run.explored.columns(str(news["baseConnectionId"]), str(news["tableName"]))
            return {**news, "columns": list(columns)}
        return dict(news)


def _format_problem(value: str) -> str | None:
    return None if value in FORMATS else f"must be one of {', '.join(FORMATS)}"


class SourceConnectionProvider(FlowServiceProvider):
    """The provider that stands, as a reference to this class, in the state of every source connection."""

    declaration: ClassVar[Declaration] = Declaration(
        _KIND,
        "sourceConnections",
        (
            *COMMON,
            # Adobe: update-dataflows.md: what a source connection reads is not to be updated under a dataflow.
            Field("baseConnectionId", ("baseConnectionId",), "base_connection_id", required=True, replaces=True),
            Field("format", ("data", "format"), "format", required=True, replaces=True, problem=_format_problem),
            Field("tableName", ("params", "tableName"), "table", replaces=True),
            Field("columns", ("params", "columns"), "columns", replaces=True, type=list, computed=True),
            Field("cdcEnabled", ("params", "cdcEnabled"), "cdc", replaces=True, type=bool),
            Field("path", ("params", "path"), "path", replaces=True),
            Field("recursive", ("params", "recursive"), "recursive", replaces=True, type=bool),
            CONNECTION_SPEC,
            DRAFT,
            ADOPT,
        ),
        whole=(),
        scope=("baseConnectionId",),
        testable=False,
        behaviour=_Explored(),
    )


class SourceConnection(DeclaredResource, module="adobe", name="SourceConnection"):
    """A table, or files, of a base connection.

    A change of its name or description updates it; of anything else replaces it, and the dataflows that read from it.
    """

    provider_class = SourceConnectionProvider

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    base_connection_id: pulumi.Output[str]
    format: pulumi.Output[str]
    table: pulumi.Output[str | None]
    columns: pulumi.Output[Sequence[Mapping[str, Any]]]
    cdc: pulumi.Output[bool | None]
    path: pulumi.Output[str | None]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        base_connection: DeclaredResource | pulumi.Input[str],
        table: pulumi.Input[str] | None = None,
        columns: pulumi.Input[Sequence[Mapping[str, Any]]] | None = None,
        path: pulumi.Input[str] | None = None,
        recursive: pulumi.Input[bool] | None = None,
        format: str | None = None,  # noqa: A002 - Adobe's word
        cdc: pulumi.Input[bool] | None = None,
        source: str | None = None,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        draft: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it: a ``table`` of a table source, or a ``path`` of a file source with its ``format``.

        Args:
            resource_name: What Pulumi calls it.
            base_connection: The base connection's resource, or its id.
            table: The table's path, as `explore_tables` gives it.
            columns: The columns to read, as `describe_table` gives them; all of the table where they are left out.
            path: The path of a file or a folder, for sources of files.
            recursive: Whether folders below the path are read too.
            format: `tabular`, `delimited`, `json` or `parquet`; `tabular` without a path.
            cdc: Change data capture, which the table must offer (Delta: `delta.enableChangeDataFeed = true`).
            source: With the id of a base connection: the source's name in the catalogue.
            name: Its name in Experience Platform; the resource's where it is left out.
            description: What it is for.
            draft: `True` makes a draft, which is published as soon as that is taken away (Adobe: draft.md).
            adopt_id: The id of one to take over, where this one is not made yet; without effect afterwards.
            opts: Pulumi's options.
        """
        given = {
            "name": resource_name if name is None else name,
            "description": description,
            "format": ("tabular" if path is None else None) if format is None else format,
            "table": table,
            "columns": columns,
            "cdc": cdc,
            "path": path,
            "recursive": recursive,
            "draft": draft or None,
            "adopt_id": adopt_id,
            **_of_base(resource_name, base_connection, source),
        }
        super().__init__(resource_name, given, opts)


def _of_base(
    resource_name: str, base: DeclaredResource | pulumi.Input[str], source: str | None
) -> dict[str, pulumi.Input[Any]]:
    if isinstance(base, DeclaredResource):
        return {"base_connection_id": base.id, "connection_spec": base.connection_spec}
    spec = connection_specs().get(source or "")
    if spec is None:
        known = near(source, connection_specs()) if source else ""
        raise pulumi.RunError(
            f'{_KIND} "{resource_name}": with the id of a base connection, source must name its source{known}.'
        )
    return {"base_connection_id": base, "connection_spec": {"id": spec.id, "version": spec.version}}
