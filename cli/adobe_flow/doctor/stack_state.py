"""The stack: its state can be read."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.finding import NotChecked
from adobe_flow.managed import managed


def check(case: Case) -> str:
    """Export the state; secrets stay encrypted."""
    if case.stack is None:
        raise NotChecked("no stack is named (--stack, PULUMI_STACK)")
    resources = case.resources()
    return f"{case.stack.name}: {len(resources)} resources, {len(managed(resources))} of them of Experience Platform"
