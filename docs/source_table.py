"""The table of docs/sources.md: every source of the catalogue, with its auth specs and their parameters."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_adobe.sources import Parameter, connection_specs


def source_table() -> str:
    """The table, a line per auth spec."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield "| source | Adobe's name | auth spec | parameters |"
    yield "|---|---|---|---|"
    for name, spec in sorted(connection_specs().items()):
        for auth_spec, parameters in spec.auth_specs.items():
            yield f"| `{name}` | {spec.title} | `{auth_spec}` | {', '.join(map(_parameter, parameters))} |"


def _parameter(parameter: Parameter) -> str:
    shown = f"**{parameter.name}**" if parameter.secret else parameter.name
    return shown if parameter.required else f"{shown}?"
