"""The delta columns, by which a run knows which rows are new: there, and of a type that is a time."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.connection.connection_path import Pipeline
from adobe_flow.doctor.finding import NotApplicable
from adobe_flow.problem import Problem
from pulumi_adobe.resource_types.change_data_capture import has_change_data_capture
from pulumi_adobe.resource_types.column_checks import find_wrong_type
from pulumi_adobe.suggestions import suggest_name


def check(case: Case) -> str:
    """Compare each with the columns of its table."""
    path = case.path()

    def judge(pipeline: Pipeline) -> str:
        column = pipeline.delta_column
        if column is None and any(map(has_change_data_capture, pipeline.sources)):
            return "change data capture, so no delta column is needed"
        if column is None:
            return "no delta column, so each run reads all rows"
        for table in pipeline.tables:
            columns = {each["name"]: each for each in path.table(table)["columns"]}
            if column not in columns:
                raise Problem(
                    f"the table {table} has no column {column}{suggest_name(column, columns)}.",
                    "Correct `delta_column` of the dataflow's schedule.",
                )
            found = {"meta:xdmType": columns[column]["xdm"], "type": columns[column]["type"]}
            wrong_type = find_wrong_type(found)
            if wrong_type is not None:
                raise Problem(
                    f"the delta column {column} of {table} is no time, but of the type {wrong_type}.",
                    "Name a column of the type timestamp or date (`delta_column` of the dataflow's schedule), or cast "
                    "it in the table or a view: its values must be readable as yyyy-MM-dd HH:mm:ss.",
                )
        return f"{column} can be a time"

    if path.pipelines() and not any(pipeline.tables for pipeline in path.pipelines()):
        raise NotApplicable
    return path.judge_each(judge)
