"""The sandbox: there, active, and one that the credentials may use."""

from __future__ import annotations

from difflib import get_close_matches

from adobe_flow.doctor.case import Case
from adobe_flow.problem import Problem


def check(case: Case) -> str:
    """Look for it among those that may be used."""
    wanted, there = case.place().sandbox, case.sandboxes()
    if wanted in there:
        return f"{wanted} is active"
    near = get_close_matches(wanted, there, n=1, cutoff=0.5)
    meant = f"Did you mean {near[0]}? " if near else ""
    raise Problem(
        f"{wanted} is none of the sandboxes that may be used: {', '.join(there) or 'there is none'}.",
        f"{meant}Correct adobe:sandbox (ADOBE_SANDBOX), or have the credential's product profile given access to it.",
    )
