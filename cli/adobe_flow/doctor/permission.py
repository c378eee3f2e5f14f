"""The permission: connections of the sandbox can be read."""

from __future__ import annotations

from adobe_flow.doctor.case import Case


def check(case: Case) -> str:
    """List one. Whether they may be changed cannot be asked."""
    next(iter(case.service().iterate_pages("connections", (("limit", "1"),))), None)
    return "connections can be read; whether they may be changed, only a change tells"
