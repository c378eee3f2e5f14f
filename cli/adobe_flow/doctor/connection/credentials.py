"""The credentials: Flow Service's own test of the connection passes."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.connection.connection_path import DATABRICKS
from adobe_flow.problem import Problem
from pulumi_adobe.advice import advise_on_failed_test
from pulumi_adobe.flow_service.errors import InvalidRequest, NoResponse, Unavailable


def check(case: Case) -> str:
    """Let Flow Service test the connection."""
    path = case.path()
    renewal = " A new access token: adobe-flow rotate" if path.source == DATABRICKS else ""
    advice = f"{advise_on_failed_test(path.source)}{renewal}"
    try:
        passed = path.service.test_connection("connections", path.id)
    except (InvalidRequest, Unavailable, NoResponse) as error:
        raise Problem(f"Flow Service could not test {path.name}: {error.message}", advice) from None
    if not passed:
        raise Problem(f"Flow Service's test of {path.name} failed.", advice)
    return "Flow Service's test of the connection passed"
