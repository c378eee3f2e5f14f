"""The report at the terminal: one line for each change and each field, and the judgement of the gates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from adobe_flow.output import format_cell
from adobe_flow.report.wording import (
    SECRETS,
    SIGNS,
    describe_dataflow,
    describe_gate,
    describe_listed_dataflows,
    describe_override,
    describe_verdict,
    format_headline,
    get_field_sign,
    truncate_text,
)
from adobe_flow.tables import create_table, print_table


def render_report(console: Console, result: Mapping[str, Any]) -> None:
    """Print the report of a plan in the terminal, without empty parts."""
    stack = f"{format_cell(result['stack'])}: " if result["stack"] else ""
    console.print(f"{stack}{format_headline(result)}")
    for change in result["changes"]:
        _render_change(console, change)
    if result["dataflows"] or not result["whole"]:
        console.print(f"\ndataflows that this touches ({describe_listed_dataflows(result)})", markup=False)
        for dataflow in result["dataflows"]:
            console.print(f"  {format_cell(dataflow['name'])}: {format_cell(describe_dataflow(dataflow))}")
    for violation in result["policies"] or ():
        resource = violation["resource"] or "the stack"
        console.print(
            f"\npolicy {format_cell(violation['policy'])} ({format_cell(violation['level'])})"
            f" on {format_cell(resource)}"
        )
        console.print(format_cell(truncate_text(violation["message"])))
    for diagnostic in result["diagnostics"]:
        console.print(f"\n{format_cell(diagnostic['severity'])}: {format_cell(diagnostic['message'])}")
    _render_gates(console, result)


def _render_change(console: Console, change: Mapping[str, Any]) -> None:
    sign = SIGNS.get(change["operation"], "!")
    title = f' "{format_cell(change["title"])}"' if change["title"] else ""
    console.print(
        f"\n{sign} {format_cell(change['operation'])} [bold]{format_cell(change['name'])}[/bold]"
        f"{title} ({format_cell(change['kind'])})"
    )
    rows = create_table("", "", "")
    rows.show_header = False
    for field in change["fields"]:
        rows.add_row(f"  {get_field_sign(field)}", format_cell(field["name"]), _format_field(field))
    if rows.row_count:
        print_table(console, rows)


def _format_field(field: Mapping[str, Any]) -> str:
    if field["secret"]:
        return f"({SECRETS[field['secret']]})"
    if field["old"] is None or field["new"] is None:
        return format_cell(truncate_text(field["old"] or field["new"]))
    return format_cell(f"{truncate_text(field['old'])} => {truncate_text(field['new'])}")


def _render_gates(console: Console, result: Mapping[str, Any]) -> None:
    console.print()
    for gate in result["gates"]:
        matches = f": {format_cell(truncate_text(', '.join(gate['found'])))}" if gate["stops"] else ""
        console.print(f"gate {format_cell(gate['gate'])} {describe_gate(gate)}{matches}")
        if gate["override"]:
            console.print(f"  override by {format_cell(describe_override(gate))}")
    console.print(f"{describe_verdict(result)}.")
