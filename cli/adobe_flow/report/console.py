"""The report at the terminal: one line for each change and each field, and the judgement of the gates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from adobe_flow.output import cell, table
from adobe_flow.report.wording import (
    SECRETS,
    SIGNS,
    describe_dataflow,
    describe_gate,
    describe_override,
    describe_scope,
    describe_verdict,
    format_headline,
    get_field_sign,
    truncate,
)


def render(console: Console, result: Mapping[str, Any]) -> None:
    """Print the parts of the report; leave out the empty ones."""
    stack = f"{cell(result['stack'])}: " if result["stack"] else ""
    console.print(f"{stack}{format_headline(result)}")
    for change in result["changes"]:
        _render_change(console, change)
    if result["dataflows"] or not result["whole"]:
        console.print(f"\ndataflows that this touches ({describe_scope(result)})", markup=False)
        for dataflow in result["dataflows"]:
            console.print(f"  {cell(dataflow['name'])}: {cell(describe_dataflow(dataflow))}")
    for violation in result["policies"] or ():
        resource = violation["resource"] or "the stack"
        console.print(f"\npolicy {cell(violation['policy'])} ({cell(violation['level'])}) on {cell(resource)}")
        console.print(cell(truncate(violation["message"])))
    for diagnostic in result["diagnostics"]:
        console.print(f"\n{cell(diagnostic['severity'])}: {cell(diagnostic['message'])}")
    _render_gates(console, result)


def _render_change(console: Console, change: Mapping[str, Any]) -> None:
    sign = SIGNS.get(change["operation"], "!")
    title = f' "{cell(change["title"])}"' if change["title"] else ""
    console.print(
        f"\n{sign} {cell(change['operation'])} [bold]{cell(change['name'])}[/bold]{title} ({cell(change['kind'])})"
    )
    rows = table("", "", "")
    rows.show_header = False
    for field in change["fields"]:
        rows.add_row(f"  {get_field_sign(field)}", cell(field["name"]), _format_field(field))
    if rows.row_count:
        console.print(rows)


def _format_field(field: Mapping[str, Any]) -> str:
    if field["secret"]:
        return f"({SECRETS[field['secret']]})"
    if field["old"] is None or field["new"] is None:
        return cell(truncate(field["old"] or field["new"]))
    return cell(f"{truncate(field['old'])} => {truncate(field['new'])}")


def _render_gates(console: Console, result: Mapping[str, Any]) -> None:
    console.print()
    for gate in result["gates"]:
        matches = f": {cell(truncate(', '.join(gate['found'])))}" if gate["stops"] else ""
        console.print(f"gate {cell(gate['gate'])} {describe_gate(gate)}{matches}")
        if gate["override"]:
            console.print(f"  override by {cell(describe_override(gate))}")
    console.print(f"{describe_verdict(result)}.")
