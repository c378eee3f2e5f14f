"""The tables of docs/reference/sources.md: how far each source goes, and its auth specs with their parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pulumi_adobe.sources import ConnectionSpec, Parameter, connection_specs
from pulumi_adobe.sources.reach import get_example, get_reach

_HOSTINGS: Final = {"azure": "Azure", "aws": "AWS"}


def build_source_table() -> str:
    """Return the table in Markdown, one line per auth spec."""
    return "".join(f"{line}\n" for line in _build_lines())


def build_reach_table() -> str:
    """Return the table of how far each source goes, in Markdown, one line per source."""
    return "".join(f"{line}\n" for line in _build_reach_lines())


def _build_reach_lines() -> Iterator[str]:
    yield "| source | status | hosting | base connection | source connection | dataflow | example |"
    yield "|---|---|---|---|---|---|---|"
    for name, spec in sorted(connection_specs().items()):
        columns = (
            f"`{name}`",
            _format_status(spec),
            ", ".join(_HOSTINGS[hosting] for hosting in spec.hosting),
            "yes" if spec.source_connection.has_base_connection else "none at Adobe",
            _format_source_connection(spec),
            _format_dataflow(spec),
            _format_example(get_example(spec)),
        )
        yield f"| {' | '.join(columns)} |"


def _format_status(spec: ConnectionSpec) -> str:
    return f"{spec.status}, use {spec.successor}" if spec.successor else spec.status


def _format_source_connection(spec: ConnectionSpec) -> str:
    taken = spec.source_connection
    names = [_format_need(parameter.name, required=parameter.required) for parameter in spec.source_params or ()]
    described = "; ".join(filter(None, (", ".join(f"`{format_}`" for format_ in taken.formats), ", ".join(names))))
    return described if get_reach(spec) != "base connection" else f"not yet ({described})" if described else "not yet"


def _format_dataflow(spec: ConnectionSpec) -> str:
    flow_specs = ", ".join(flow_spec.name for flow_spec in spec.flow_specs)
    return flow_specs if get_reach(spec) == "dataflow" else f"not yet ({flow_specs})"


def _format_example(example: str) -> str:
    return f"[{example}](../../examples/{example}/__main__.py)" if example else ""


def _build_lines() -> Iterator[str]:
    yield "| source | name at Adobe | auth spec | parameters |"
    yield "|---|---|---|---|"
    for name, spec in sorted(connection_specs().items()):
        for auth_spec, parameters in spec.auth_specs.items():
            yield f"| `{name}` | {spec.title} | `{auth_spec}` | {', '.join(map(_format_parameter, parameters))} |"


def _format_parameter(parameter: Parameter) -> str:
    text = f"**{parameter.name}**" if parameter.secret else parameter.name
    return f"{_format_need(text, required=parameter.required)}{' (older pages)' if parameter.obsolete else ''}"


def _format_need(text: str, *, required: bool) -> str:
    return text if required else f"{text}?"
