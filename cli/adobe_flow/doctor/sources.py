"""The connection specs: the organization has Databricks, and every source that the stack declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adobe_flow.doctor.case import Case
from adobe_flow.managed import OURS
from adobe_flow.problem import Problem
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.json_values import get_member
from pulumi_adobe.sources import connection_specs, find_spec_by_id


def check(case: Case) -> str:
    """Ask for each, by its id."""
    wanted = declared(case.resources())
    missing = [id_ for id_ in wanted if not has_spec(case.service(), id_)]
    if missing:
        listed = ", ".join(f"{_named(each)} ({each})" for each in missing)
        raise Problem(
            f"The organization has no connection spec of {listed}.",
            "Ask Adobe whether the organization is licensed for the source.",
        )
    return f"the organization has {', '.join(_named(each) for each in wanted)}"


def declared(resources: Iterable[Mapping[str, Any]]) -> list[str]:
    """The ids of Databricks' connection spec and of those of the sources in a stack's state."""
    ours = [each for each in resources if str(each.get("type", "")).startswith(OURS)]
    # The connection spec of a target connection is that of the data lake, which is no source.
    sources = (each for each in ours if str(each["type"]) != f"{OURS}TargetConnection")
    ids = (get_member(each, "inputs", "connectionSpec", "id") for each in sources)
    found = [id_ for id_ in ids if isinstance(id_, str) and id_]
    return list(dict.fromkeys((connection_specs()["databricks"].id, *found)))


def has_spec(service: FlowServiceClient, id_: str) -> bool:
    """Return whether the organization has the connection spec with this id."""
    try:
        service.get("connectionSpecs", id_)
    except NotFound:
        return False
    return True


def _named(id_: str) -> str:
    spec = find_spec_by_id(id_)
    return spec.source if spec else "a source that is not in the catalogue"
