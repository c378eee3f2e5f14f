"""Hosting and licence: the organization has the source.

Adobe: the overview of sources (home.md) lists Databricks as batch and Azure only; its own overview is marked Ultimate.
"""

from __future__ import annotations

from typing import Final

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.connection.connection_path import DATABRICKS
from adobe_flow.doctor.sources import has_spec
from adobe_flow.entities import spec_id_of
from adobe_flow.problem import Problem

_CONDITIONS: Final = {
    DATABRICKS: "Adobe offers it to organizations whose Experience Platform is hosted on Azure and that have "
    "Real-Time CDP Ultimate"
}


def check(case: Case) -> str:
    """Ask for the connection spec, which is all that can be asked: no request tells the hosting or the licence."""
    path = case.path()
    condition = _CONDITIONS.get(path.source, "")
    if not has_spec(path.service, spec_id_of(path.entity)):
        raise Problem(
            f"The organization has no connection spec of {path.source}.",
            f"Ask Adobe whether the organization has the licence for it. {condition}{'.' if condition else ''}".strip(),
        )
    known = f"the organization has the connection spec of {path.source}"
    return f"{known}; {condition}, which cannot be asked for" if condition else known
