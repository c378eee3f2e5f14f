"""Writes the numbers of docs/scale.md between their markers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from docs.generate import replace_blocks
from fleet import tables
from fleet.knees import knees
from fleet.model import Layout, Model, cost
from fleet.points import Measured, load
from fleet.units import duration, number, size

_HINT: Final = "an idle one has 0, and CPU seconds are dearer on a busy one."
PAGE: Final = Path(__file__).parents[1] / "docs" / "scale.md"


def blocks(measured: Measured) -> Mapping[str, Callable[[], str]]:
    """What stands between which markers."""
    model = Model.of(measured)
    return {
        "machine": lambda: _machine(measured),
        "measured": lambda: tables.measured_table(measured, model),
        "curves": lambda: tables.curves_table(model),
        "costs": lambda: tables.costs_table(model),
        "rates": lambda: tables.rates_table(model),
        "knees": lambda: knees(measured, model),
    }


def write() -> None:
    """Write the page anew."""
    PAGE.write_text(replace_blocks(PAGE.read_text("utf-8"), blocks(load())), "utf-8")


def prediction(asked: tuple[Layout, Model]) -> str:
    """What a layout would cost, in a few lines."""
    layout, model = asked
    found = cost(model, layout)
    beyond = "" if layout.size <= model.largest else f", extrapolated: stacks of at most {model.largest} were measured"
    return (
        f"{layout.stacks:,} stacks of {layout.size:,}{beyond}\n"
        f"requests {number(found.requests)}, tokens {layout.stacks:,}, state {size(found.state)}, "
        f"CPU {duration(found.cpu)}\n"
        f"time {duration(found.seconds)}: cores need {duration(found.by_cores)}, stacks one after another "
        f"{duration(found.by_stacks)}, Adobe's limit {duration(found.by_rate)}"
    )


def _machine(measured: Measured) -> str:
    on = measured.machine
    return (
        f"Measured on {on['day']} with Pulumi {on['pulumi']}, Python {on['python']} and {on['cores']} cores, each run "
        f"{on['rounds']} times, of which the one with the least CPU counts. The machine's load was {on['loadBefore']} "
        f"before and {on['loadAfter']} after; {_HINT}\n"
    )
