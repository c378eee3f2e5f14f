"""The pictures of docs/scale.md, as SVG."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fleet.model import Layout, Model, cost
from fleet.points import CREATE, FILE, NO_OP, Measured, load
from fleet.tables import rounded_best

FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
_INK, _BLUE, _ORANGE, _GREEN, _GREY = "#333333", "#2a6fb0", "#d1701f", "#3a8a4d", "#999999"
_SIZES: Final = np.geomspace(1, 10_000, 60)
_TOTALS: Final = np.unique(np.geomspace(10, 100_000, 60).astype(int))
_RATE: Final = 10
_TICKS: Final = {1: "1 s", 60: "1 min", 3600: "1 h", 86400: "1 day", 86400 * 30: "30 days", 86400 * 365: "1 year"}


def write() -> None:
    """Draw both anew."""
    measured = load()
    model = Model.of(measured)
    FOLDER.mkdir(exist_ok=True)
    _save(_stack(measured, model), FOLDER / "scale-stack.svg")
    _save(_fleet(model), FOLDER / "scale-fleet.svg")


def source() -> str:
    """The digest of the data that the pictures were drawn from; stands in each."""
    return f"fleet/points.json sha256:{hashlib.sha256(FILE.read_bytes()).hexdigest()}"


def _stack(measured: Measured, model: Model) -> Figure:
    figure, axes = _axes("connections in the stack", "CPU seconds per connection")
    for kind, curve, colour in ((CREATE, model.create, _BLUE), (NO_OP, model.no_op, _GREEN)):
        label = "create" if kind == CREATE else "nothing to do"
        points = [(each.scenario.connections, each.cpu / each.scenario.connections) for each in measured.of(kind)]
        axes.plot(*zip(*points, strict=True), "o", color=colour, label=f"{label}, measured")
        per = np.array([curve(n) / n for n in _SIZES])
        inside = model.largest >= _SIZES
        axes.plot(_SIZES[inside], per[inside], color=colour, label=f"{label}, model")
        axes.plot(_SIZES[~inside], per[~inside], color=colour, linestyle="dotted", label=f"{label}, extrapolated")
    axes.axvline(model.best_size, color=_GREY, linewidth=0.8)
    axes.annotate(f"cheapest: {model.best_size}", (model.best_size, axes.get_ylim()[1]), (6, -14), color=_INK,
                  textcoords="offset points")  # fmt: skip
    axes.legend(frameon=False, fontsize=8)
    return figure


def _fleet(model: Model) -> Figure:
    figure, axes = _axes("connections in all", "time to create them, without latency")
    best = rounded_best(model)
    one = np.array([cost(model, Layout(int(total), int(total))).seconds for total in _TOTALS])
    inside = model.largest >= _TOTALS
    axes.plot(_TOTALS[inside], one[inside], color=_ORANGE, label="one stack")
    axes.plot(_TOTALS[~inside], one[~inside], color=_ORANGE, linestyle="dotted", label="one stack, extrapolated")
    for size, machines, colour in ((10, 1, _GREEN), (best, 1, _BLUE), (best, 50, _INK)):
        layouts = [Layout(int(total), size, cores=2 * machines, at_once=2 * machines) for total in _TOTALS]
        where = "2 cores" if machines == 1 else f"{machines} machines"
        axes.plot(_TOTALS, [cost(model, each).seconds for each in layouts], color=colour,
                  label=f"stacks of {size}, {where}")  # fmt: skip
    floor = [cost(model, Layout(int(total), best, rate=_RATE)).by_rate for total in _TOTALS]
    axes.plot(_TOTALS, floor, color=_GREY, linestyle="dashed", label=f"if Adobe lets {_RATE} requests a second through")
    shown = {at: text for at, text in _TICKS.items() if at <= axes.get_ylim()[1]}
    axes.set_yticks(list(shown), list(shown.values()))
    axes.legend(frameon=False, fontsize=8)
    return figure


def _axes(across: str, up: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(7.2, 4.4), layout="constrained")
    axes = figure.add_subplot()
    axes.set(xscale="log", yscale="log", xlabel=across, ylabel=up)
    axes.xaxis.set_major_formatter(lambda value, _at: f"{value:,.0f}")
    axes.minorticks_off()
    axes.grid(color="#e6e6e6", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _save(figure: Figure, file: Path) -> None:
    """The same bytes from the same data: no date, no chance in the ids."""
    with mpl.rc_context({"svg.hashsalt": "fleet", "svg.fonttype": "path"}):
        figure.savefig(file, format="svg", metadata={"Date": None, "Description": source()})
    text = file.read_text(encoding="utf-8")
    file.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", encoding="utf-8")
