"""`ADOBE_LOG=debug` through the real engine: a line per request, and no secret in the output."""

from __future__ import annotations

import re

from tests.stack.project import ACCESS_TOKEN, StackProject

BEARER_TOKEN = r"[\w-]{40}"
"""The emulator's bearer tokens are longer than every id in the log."""

ROUND_TRIP = re.compile(
    r"DEBUG pulumi_adobe\.flow_service: (?P<method>[A-Z]+) (?P<path>\S+) -> (?P<status>\d+), "
    r"attempt 1, \d+ ms, request id"
)


def test_debug_log_of_an_up_has_each_request_and_no_secret(project: StackProject) -> None:
    project.declare(lake={})

    project.env["ADOBE_LOG"] = "debug"
    output = project.up().text

    logged = [(match["method"], match["path"].rsplit("/", 1)[-1]) for match in ROUND_TRIP.finditer(output)]
    assert ("POST", "v3") in logged
    assert ("POST", "connections") in logged
    assert any(method == "GET" and last == "test" for method, last in logged)
    assert [secret for secret in (ACCESS_TOKEN, "emulator-client-secret") if secret in output] == []
    assert not any(re.search(BEARER_TOKEN, line) for line in output.splitlines() if "DEBUG" in line)


def test_debug_log_is_off_by_default(project: StackProject) -> None:
    project.declare(lake={})

    assert "DEBUG" not in project.up().text
