"""The report as an HTML page of its own: no script, nothing to load, readable in the dark and on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from adobe_flow.report import wording
from adobe_flow.report.layout import compute_layout


def build_report_page(result: Mapping[str, Any]) -> str:
    """Return the report as an HTML page; jinja escapes every value of the plan."""
    return _load_template().render(report=result, drawing=compute_layout(result["drawing"]), words=wording)


@cache
def _load_template() -> Template:
    environment = Environment(
        loader=PackageLoader("adobe_flow.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.jinja")
