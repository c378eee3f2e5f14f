"""The tables that the dataflows read: visible to the connection, and not empty."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.connection.connection_path import Pipeline
from adobe_flow.doctor.finding import NotApplicable
from adobe_flow.problem import Problem


def check(case: Case) -> str:
    """Explore each table, with its first rows."""
    path = case.path()

    def judge(pipeline: Pipeline) -> str:
        if not pipeline.sources:
            raise Problem("its source connection is gone.", "Create it again: pulumi refresh, then pulumi up.")
        for table in pipeline.tables:
            if path.table(table)["rows"] == []:
                raise Problem(
                    f"the table {table} has no rows, so a run moves nothing.",
                    f'Load the table, or name another one. What is there: adobe-flow explore "{path.name}"',
                )
        return f"{', '.join(pipeline.tables) or 'files'} can be read"

    if path.pipelines() and not any(pipeline.tables or not pipeline.sources for pipeline in path.pipelines()):
        raise NotApplicable
    return path.judge_each(judge)
