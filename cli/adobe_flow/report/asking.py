"""Asks Flow Service for the dataflows of each sandbox that a plan works in, once."""

from __future__ import annotations

from adobe_flow.entities import Dataflows, dataflows
from adobe_flow.place import Place
from adobe_flow.report.touched_dataflows import Ask


def asks(place: Place) -> Ask:
    """Another organization than that of the settings is not asked: the credentials are not for it."""
    known: dict[str, Dataflows] = {}

    def ask(org: str | None, sandbox: str | None) -> Dataflows | None:
        access = place.service.credentials
        if org is not None and org != access.org_id:
            return None
        name = sandbox or access.sandbox
        if name not in known:
            known[name] = dataflows(place.service.for_sandbox(name))
        return known[name]

    return ask
