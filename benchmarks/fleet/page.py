"""The generated parts of docs/how-to/scale.md: the description of the machine, and the table of the measured points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from benchmarks.fleet.points import CREATE, FLEET, NO_OP, RESUME, FleetMeasurements, MeasuredPoint, load_measurements
from docs.generate import replace_blocks

PAGE: Final = Path(__file__).parents[2] / "docs" / "how-to" / "scale.md"
_HEADINGS: Final = (
    "run",
    "stacks",
    "connections in each stack",
    "CPU s",
    "CPU ms for each connection",
    "wall s",
    "requests",
    "state",
    "memory",
)
_NAMES: Final = {
    CREATE: "create",
    NO_OP: "nothing to do",
    FLEET: "runner, {} at once, create",
    RESUME: "runner, {} at once, all up to date",
}
_SIZES: Final = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def write_page() -> None:
    """Write the generated parts of the page from the stored points."""
    PAGE.write_text(replace_blocks(PAGE.read_text("utf-8"), build_page_blocks(load_measurements())), "utf-8")


def build_page_blocks(measurements: FleetMeasurements) -> Mapping[str, Callable[[], str]]:
    """Return the function that builds each generated part, by the name of its markers."""
    return {"machine": lambda: _describe_machine(measurements), "measured": lambda: build_table(measurements)}


def build_table(measurements: FleetMeasurements) -> str:
    """Return the table of all points in Markdown, one line for each."""
    rows = [_HEADINGS, ["---"] * len(_HEADINGS), *map(_build_row, measurements.points)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def format_byte_size(count: float) -> str:
    """Return bytes in the unit that fits, rounded to two significant digits."""
    value, unit = next(((count / factor, unit) for factor, unit in _SIZES if count >= factor), (count, "B"))
    exponent = int(f"{value:.1e}".split("e")[1])
    return f"{round(value, 1 - exponent):,.{max(0, 1 - exponent)}f} {unit}"


def _build_row(point: MeasuredPoint) -> tuple[str, ...]:
    scenario = point.scenario
    name = _NAMES[point.kind].format(scenario.at_once)
    name += "" if scenario.checkpoints else ", no checkpoints"
    name += f", {scenario.latency_ms} ms" if scenario.latency_ms else ""
    return (
        name,
        str(scenario.stacks),
        str(scenario.connections),
        f"{point.cpu:.1f}",
        f"{point.cpu / (scenario.stacks * scenario.connections) * 1000:.0f}",
        f"{point.wall:.0f}",
        str(sum(point.requests.values())),
        format_byte_size(point.state_bytes),
        format_byte_size(point.memory),
    )


def _describe_machine(measurements: FleetMeasurements) -> str:
    machine = measurements.machine
    return (
        f"Measured on {machine['day']} with Pulumi {machine['pulumi']}, Python {machine['python']} and "
        f"{machine['cores']} cores. Each run was repeated {machine['rounds']} times, and the one with the least CPU "
        f"counts. The load of the machine was {machine['loadBefore']} before and {machine['loadAfter']} after; an idle "
        "machine has 0, and a busy one needs more CPU seconds for the same work.\n"
    )
