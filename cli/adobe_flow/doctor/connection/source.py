"""The connection: there, and enabled."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.problem import Problem

_ENABLED = "enabled"


def check(case: Case) -> str:
    """Find it among the base connections, and name what reads from it."""
    path = case.path()
    state = path.entity.get("state")
    names = ", ".join(pipeline.name for pipeline in path.pipelines()) or "none yet"
    if state not in {_ENABLED, None}:
        raise Problem(
            f"{path.name} ({path.source}, {path.id}) is {state}, so no dataflow can read from it.",
            f'Look at it in Experience Platform; who changed it last: adobe-flow show "{path.name}"',
        )
    return f"{path.name} ({path.source}, {path.id}); dataflows that read from it: {names}"
