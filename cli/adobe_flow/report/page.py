"""The report as a page of its own: no script, nothing to load, readable in the dark and on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from adobe_flow.report import wording
from adobe_flow.report.layout import laid_out


def page(result: Mapping[str, Any]) -> str:
    """The HTML. Whatever stands in the plan is text in it: jinja escapes every value."""
    return _template().render(report=result, drawing=laid_out(result["drawing"]), words=wording)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("adobe_flow.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.jinja")
