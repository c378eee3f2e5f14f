"""The tables of docs/cli/probe.md: what each probe asks, and which switches no probe measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adobe_flow.probe.table import PROBES, UNKNOWN_SWITCHES, WRITES


def build_probe_table() -> str:
    """Return the table of the probes in Markdown, one line for each switch that is measured."""
    return "".join(f"{line}\n" for line in _iterate_probe_lines())


def build_unknown_table() -> str:
    """Return the table of the switches that no probe measures, with the reasons."""
    lines = ["| switch | why no probe measures it |", "|---|---|"]
    lines += [f"| `{name}` | {reason} |" for name, reason in UNKNOWN_SWITCHES.items()]
    return "".join(f"{line}\n" for line in lines)


def _iterate_probe_lines() -> Iterator[str]:
    yield "| switch | question | requests | needs `--write` |"
    yield "|---|---|---|---|"
    for probe in PROBES:
        requests = ", ".join(re.sub(r"^(\w+ [^ ,]+)", r"`\1`", request) for request in probe.requests)
        yield f"| `{probe.switch}` | {probe.question} | {requests} | {'yes' if probe.needs_write is WRITES else ''} |"
