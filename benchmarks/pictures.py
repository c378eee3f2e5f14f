"""The pictures of docs/explanation/performance.md, drawn from the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from benchmarks.plan import COUNTED, SKIP
from benchmarks.results import MeasuredRun, Results
from benchmarks.shares import split_cpu

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
_STYLES: Final = {
    "ours": ("#d62728", "o", "this provider"),
    "null": ("#7f7f7f", "s", "null: does nothing"),
    "naive": ("#1f77b4", "^", "naive"),
    "script": ("#bcbd22", "D", "script without Pulumi"),
    "pool": ("#2ca02c", "v", "the same, 4 threads"),
}
_OPERATIONS: Final = ("create", "no-op", "preview", "update", "refresh", "destroy")
_SEGMENTS: Final = ("#c7c7c7", "#7f7f7f", "#d62728", "#bcbd22")


def draw_pictures(results: Results) -> None:
    """Write all pictures. The same results give the same files."""
    FOLDER.mkdir(exist_ok=True)
    with mpl.rc_context({"svg.hashsalt": "flow-connections", "svg.fonttype": "path", "font.size": 9}):
        for name, draw_picture in (
            ("size", _draw_sizes),
            ("latency", _draw_latencies),
            ("requests", _draw_requests),
            ("where", _draw_shares),
        ):
            figure = Figure(figsize=(8, 3.6), layout="constrained")
            draw_picture(results, figure)
            file = FOLDER / f"bench-{name}.svg"
            figure.savefig(file, metadata={"Date": None}, facecolor="white")
            # matplotlib ends lines of paths with blanks.
            file.write_text("".join(f"{line.rstrip()}\n" for line in file.read_text("utf-8").splitlines()), "utf-8")


def _draw_sizes(results: Results, figure: Figure) -> None:
    left, right = figure.subplots(1, 2)
    for axes, title, number in (
        (left, "time of a create, s", lambda run: run.wall),
        (right, "CPU of a create, s", lambda run: run.cpu),
    ):
        runs = [run for run in results.runs if run.operation == "create" and run.latency == 0 and not run.workers]
        for peer in ("ours", "null", "naive", "script"):
            usual = [run for run in runs if run.peer == peer and not run.setup]
            _draw_line(axes, usual, lambda run: run.connections, number, peer)
        skipped = [run for run in runs if run.peer == "ours" and run.setup == SKIP]
        _draw_line(
            axes, skipped, lambda run: run.connections, number, "ours", "this provider, checkpoints skipped", ":"
        )
        axes.set(xscale="log", yscale="log", xlabel="connections", title=title)
        axes.xaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_major_formatter("{x:g}")
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=5, fontsize=7)


def _draw_latencies(results: Results, figure: Figure) -> None:
    left, right = figure.subplots(1, 2)
    runs = [run for run in results.runs if run.operation == "create" and run.connections == COUNTED]
    usual = [run for run in runs if not run.setup and not run.workers]
    for peer in ("ours", "naive", "script", "pool"):
        _draw_line(
            left, [run for run in usual if run.peer == peer], lambda run: run.latency, lambda run: run.wall, peer
        )
    left.set(xlabel="latency of a request, ms", title=f"time of a create of {COUNTED}, s")
    left.set_ylim(bottom=0)
    left.legend(fontsize=7, loc="upper left")
    for setup, style in (("", "--"), ("--parallel 64", "-")):
        spread = [run for run in runs if run.peer == "workers" and run.setup == setup]
        label = setup or "Pulumi's own --parallel"
        _draw_line(right, spread, lambda run: run.workers, lambda run: run.span, "ours", label, style)
    right.set(xlabel="provider processes", title=f"time of its requests, s, at {max(run.latency for run in runs)} ms")
    right.set_ylim(0, right.get_ylim()[1] * 1.05)  # the lines are flat, and their markers must not be cut
    right.xaxis.set_major_locator(MaxNLocator(integer=True))
    right.legend(fontsize=7, loc="lower left")


def _draw_requests(results: Results, figure: Figure) -> None:
    axes = figure.subplots()
    for offset, peer in ((-0.2, "ours"), (0.2, "naive")):
        counts = [
            _compute_median(results.select(peer, operation, COUNTED), _count_requests) for operation in _OPERATIONS
        ]
        colour, _, label = _STYLES[peer]
        bars = axes.bar([place + offset for place in range(len(counts))], counts, 0.38, color=colour, label=label)
        axes.bar_label(bars, [f"{count:.0f}" if count == count else "" for count in counts], fontsize=7)  # noqa: PLR0124 - NaN
    axes.set_xticks(range(len(_OPERATIONS)), _OPERATIONS)
    axes.set(title=f"requests, N = {COUNTED}")
    figure.legend(loc="outside lower center", ncols=2, fontsize=7)


def _draw_shares(results: Results, figure: Figure) -> None:
    axes = figure.subplots()
    bars = [(operation, split_cpu(results, operation)) for operation in ("destroy", "create")]
    for place, (_, parts) in enumerate(bars):
        begin = 0.0
        for (name, seconds), colour in zip(parts.items(), _SEGMENTS, strict=True):
            drawn = axes.barh(place, max(seconds, 0), left=begin, color=colour, label=name if place == 0 else None)
            axes.bar_label(drawn, [f"{seconds:.2f}"], label_type="center", fontsize=7)
            begin += max(seconds, 0)
    axes.set_yticks(range(len(bars)), [operation for operation, _ in bars])
    axes.set(xlabel="CPU seconds of all processes", title=f"where the CPU goes, N = {COUNTED}, L = 0")
    figure.legend(loc="outside lower center", ncols=4, fontsize=7)


def _draw_line(  # noqa: PLR0913, PLR0917 - the attributes of a line
    axes: Axes,
    runs: Sequence[MeasuredRun],
    across: Callable[[MeasuredRun], float],
    up: Callable[[MeasuredRun], float],
    peer: str,
    label: str = "",
    style: str = "-",
) -> None:
    colour, marker, name = _STYLES[peer]
    places = sorted({across(run) for run in runs})
    heights = [median(up(run) for run in runs if across(run) == place) for place in places]
    axes.plot(places, heights, style, color=colour, marker=marker, markersize=4, label=label or name)


def _compute_median(runs: Iterable[MeasuredRun], number: Callable[[MeasuredRun], float]) -> float:
    values = [number(run) for run in runs]
    return median(values) if values else float("nan")


def _count_requests(run: MeasuredRun) -> float:
    return sum(run.requests.values())
