"""The report at the terminal: what changes, one line each, and what the gates say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from adobe_flow.output import cell, table
from adobe_flow.report.wording import (
    SECRETS,
    SIGNS,
    cut,
    dataflow_said,
    gate_said,
    headline,
    known_dataflows,
    overridden,
    verdict,
)


def render(console: Console, result: Mapping[str, Any]) -> None:
    """Its parts one below the other; what is empty is left out."""
    stack = f"{cell(result['stack'])}: " if result["stack"] else ""
    console.print(f"{stack}{headline(result)}")
    for change in result["changes"]:
        _change(console, change)
    if result["dataflows"] or not result["whole"]:
        console.print(f"\ndataflows that this touches ({known_dataflows(result)})", markup=False)
        for flow in result["dataflows"]:
            console.print(f"  {cell(flow['name'])}: {cell(dataflow_said(flow))}")
    for each in result["policies"] or ():
        on = each["resource"] or "the stack"
        console.print(f"\npolicy {cell(each['policy'])} ({cell(each['level'])}) on {cell(on)}")
        console.print(cell(cut(each["message"])))
    for each in result["diagnostics"]:
        console.print(f"\n{cell(each['severity'])}: {cell(each['message'])}")
    _gates(console, result)


def _change(console: Console, change: Mapping[str, Any]) -> None:
    sign = SIGNS.get(change["operation"], "!")
    title = f' "{cell(change["title"])}"' if change["title"] else ""
    console.print(
        f"\n{sign} {cell(change['operation'])} [bold]{cell(change['name'])}[/bold]{title} ({cell(change['kind'])})"
    )
    shown = table("", "", "")
    shown.show_header = False
    for each in change["fields"]:
        if each["secret"]:
            shown.add_row("   ", cell(each["name"]), f"({SECRETS[each['secret']]})")
        elif each["old"] is None or each["new"] is None:
            shown.add_row("   ", cell(each["name"]), cell(cut(each["old"] or each["new"])))
        else:
            shown.add_row("   ", cell(each["name"]), cell(f"{cut(each['old'])} => {cut(each['new'])}"))
    if shown.row_count:
        console.print(shown)


def _gates(console: Console, result: Mapping[str, Any]) -> None:
    console.print()
    for gate in result["gates"]:
        because = f": {cell(cut(', '.join(gate['found'])))}" if gate["stops"] else ""
        console.print(f"gate {cell(gate['gate'])} {gate_said(gate)}{because}")
        if gate["override"]:
            console.print(f"  override by {cell(overridden(gate))}")
    console.print(f"{verdict(result)}.")
