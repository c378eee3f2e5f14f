"""The organization: the credentials are good for it."""

from __future__ import annotations

from adobe_flow.doctor.case import Case


def check(case: Case) -> str:
    """Ask for the sandboxes, for which no sandbox has to be named."""
    count = len(case.sandboxes())
    return f"{case.service().credentials.org_id}, with {count} sandbox{'' if count == 1 else 'es'} that may be used"
