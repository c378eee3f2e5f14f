"""The cluster: it runs, and shows its tables to Flow Service.

Adobe: the overview of the Databricks source: the cluster must run when connections and dataflows are created and tables
are explored, which does not start it; a run starts it.
"""

from __future__ import annotations

from contextlib import suppress

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.finding import NotChecked
from adobe_flow.problem import Problem
from pulumi_adobe.errors import AdobeError


def check(case: Case) -> str:
    """Explore the source through Flow Service; Databricks itself tells the state of the cluster, if it may be asked."""
    path = case.path()
    path.require_databricks()
    cluster, domain = path.get_parameter("clusterId"), path.get_parameter("domain")
    state = _get_state(case)
    try:
        count = len(path.tables())
    except Problem as problem:
        raise Problem(
            f"The cluster {cluster} shows nothing to Flow Service{state}: {problem.message}",
            f"Start the cluster in the workspace {domain}: exploring and creating dataflows do not start it, though a "
            "run does. If it runs, check the access token (adobe-flow test) and the workspace's IP access list.",
        ) from None
    return f"{cluster} answers{state}, with {count} table{'' if count == 1 else 's'}"


def _get_state(case: Case) -> str:
    with suppress(AdobeError, NotChecked):
        return f" (Databricks: {case.cluster().get('state')})"
    return ""
