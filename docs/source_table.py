"""The table of docs/sources.md: every source of the catalogue, with its auth specs and their parameters."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_adobe.sources import Parameter, connection_specs


def build_source_table() -> str:
    """Return the table in Markdown, one line per auth spec."""
    return "".join(f"{line}\n" for line in _build_lines())


def _build_lines() -> Iterator[str]:
    yield "| source | name at Adobe | auth spec | parameters |"
    yield "|---|---|---|---|"
    for name, spec in sorted(connection_specs().items()):
        for auth_spec, parameters in spec.auth_specs.items():
            yield f"| `{name}` | {spec.title} | `{auth_spec}` | {', '.join(map(_format_parameter, parameters))} |"


def _format_parameter(parameter: Parameter) -> str:
    text = f"**{parameter.name}**" if parameter.secret else parameter.name
    return text if parameter.required else f"{text}?"
