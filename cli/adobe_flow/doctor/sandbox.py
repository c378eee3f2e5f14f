"""The sandbox: there, active, and one that the credentials may use."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.problem import Problem
from pulumi_adobe.suggestions import find_similar_name


def check(case: Case) -> str:
    """Look for it among those that may be used."""
    wanted, there = case.place().sandbox, case.sandboxes()
    if wanted in there:
        return f"{wanted} is active"
    similar_name = find_similar_name(wanted, there)
    meant = f"Did you mean {similar_name}? " if similar_name else ""
    raise Problem(
        f"{wanted} is none of the sandboxes that may be used: {', '.join(there) or 'there is none'}.",
        f"{meant}Correct adobe:sandbox (ADOBE_SANDBOX), or have the credential's product profile given access to it.",
    )
