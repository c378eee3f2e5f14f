"""The checks of the source: connection, licence, credentials, cluster, tables and delta columns.

Adobe: the overview of sources (home.md) lists Databricks as batch and Azure only; its own overview is marked Ultimate.
It also says that the cluster must run when connections and dataflows are created and tables are explored, which does
not start it; a run starts it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from adobe_flow.aep.entities import get_spec_id
from adobe_flow.doctor.connection_path import DATABRICKS, Pipeline
from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.finding import CheckSkipped, NotApplicable
from adobe_flow.doctor.organization import has_spec
from adobe_flow.problem import Problem
from pulumi_adobe.advice import advise_on_failed_test
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import InvalidRequest, NoResponse, Unavailable
from pulumi_adobe.resource_types.change_data_capture import has_change_data_capture
from pulumi_adobe.resource_types.column_checks import find_wrong_type
from pulumi_adobe.suggestions import suggest_name

_ENABLED: Final = "enabled"

_CONDITIONS: Final = {
    DATABRICKS: "Adobe offers it to organizations whose Experience Platform is hosted on Azure and that have "
    "Real-Time CDP Ultimate"
}
"""The conditions for a source that no request tells."""


def check_connection(context: DoctorContext) -> str:
    """Find the connection among the base connections, and name the dataflows that read from it."""
    path = context.get_connection_path()
    state = path.entity.get("state")
    names = ", ".join(pipeline.name for pipeline in path.list_pipelines()) or "none yet"
    if state not in {_ENABLED, None}:
        raise Problem(
            f"{path.name} ({path.source}, {path.id}) is {state}, so no dataflow can read from it.",
            f'Look at it in Experience Platform. To see who changed it last: adobe-flow show "{path.name}"',
        )
    return f"{path.name} ({path.source}, {path.id}); dataflows that read from it: {names}"


def check_licence(context: DoctorContext) -> str:
    """Check that the organization has the connection spec. Hosting and licence are hints: no request returns them."""
    path = context.get_connection_path()
    condition = _CONDITIONS.get(path.source, "")
    if not has_spec(path.service, get_spec_id(path.entity)):
        raise Problem(
            f"The organization has no connection spec of {path.source}.",
            f"Ask Adobe whether the organization has the licence for it. {condition}{'.' if condition else ''}".strip(),
        )
    text = f"the organization has the connection spec of {path.source}"
    return f"{text}; {condition}, which no request can check" if condition else text


def check_credentials(context: DoctorContext) -> str:
    """Check the credentials with Flow Service's own connection test."""
    path = context.get_connection_path()
    rotation = " A new access token: adobe-flow rotate" if path.source == DATABRICKS else ""
    advice = f"{advise_on_failed_test(path.source)}{rotation}"
    try:
        passed = path.service.test_connection("connections", path.id)
    except (InvalidRequest, Unavailable, NoResponse) as error:
        raise Problem(f"Flow Service could not test {path.name}: {error.message}", advice) from None
    if not passed:
        raise Problem(f"Flow Service's test of {path.name} failed.", advice)
    return "Flow Service's test of the connection passed"


def check_cluster(context: DoctorContext) -> str:
    """Check that Flow Service can explore the source; ask Databricks for the state of the cluster if possible."""
    path = context.get_connection_path()
    path.require_databricks()
    cluster, domain = path.get_parameter("clusterId"), path.get_parameter("domain")
    state = _describe_cluster_state(context)
    try:
        count = len(path.list_tables())
    except Problem as problem:
        raise Problem(
            f"The cluster {cluster} shows nothing to Flow Service{state}: {problem.message}",
            f"Start the cluster in the workspace {domain}: exploring and creating dataflows do not start it, though a "
            "run does. If it runs, check the access token (adobe-flow test) and the workspace's IP access list.",
        ) from None
    return f"{cluster} answers{state}, with {count} table{'' if count == 1 else 's'}"


def _describe_cluster_state(context: DoctorContext) -> str:
    with suppress(AdobeError, CheckSkipped):
        return f" (Databricks: {context.get_cluster().get('state')})"
    return ""


def check_tables(context: DoctorContext) -> str:
    """Check that each table that a dataflow reads is visible and has rows."""
    path = context.get_connection_path()

    def judge(pipeline: Pipeline) -> str:
        if not pipeline.sources:
            raise Problem(
                "its source connection does not exist any more.", "Create it again: pulumi refresh, then pulumi up."
            )
        for table in pipeline.tables:
            if path.describe_table(table)["rows"] == []:
                raise Problem(
                    f"the table {table} has no rows, so a run moves nothing.",
                    f'Load the table, or name another one. To list the tables: adobe-flow explore "{path.name}"',
                )
        return f"{', '.join(pipeline.tables) or 'files'} can be read"

    pipelines = path.list_pipelines()
    if pipelines and not any(pipeline.tables or not pipeline.sources for pipeline in pipelines):
        raise NotApplicable
    return path.judge_dataflows(judge)


def check_delta_columns(context: DoctorContext) -> str:
    """Check that the delta column of each dataflow exists in its table and is a time."""
    path = context.get_connection_path()

    def judge(pipeline: Pipeline) -> str:
        name = pipeline.delta_column
        if name is None and any(map(has_change_data_capture, pipeline.sources)):
            return "change data capture, so no delta column is needed"
        if name is None:
            return "no delta column, so each run reads all rows"
        for table in pipeline.tables:
            columns = {column["name"]: column for column in path.describe_table(table)["columns"]}
            if name not in columns:
                raise Problem(
                    f"the table {table} has no column {name}{suggest_name(name, columns)}.",
                    "Correct `delta_column` of the dataflow's schedule.",
                )
            column = columns[name]
            wrong_type = find_wrong_type({"meta:xdmType": column["xdm"], "type": column["type"]})
            if wrong_type is not None:
                raise Problem(
                    f"the delta column {name} of {table} is not a time: its type is {wrong_type}.",
                    "Name a column of the type timestamp or date (`delta_column` of the dataflow's schedule), or cast "
                    "it in the table or a view: its values must be readable as yyyy-MM-dd HH:mm:ss.",
                )
        return f"{name} can be a time"

    pipelines = path.list_pipelines()
    if pipelines and not any(pipeline.tables for pipeline in pipelines):
        raise NotApplicable
    return path.judge_dataflows(judge)
