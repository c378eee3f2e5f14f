"""The pictures of docs/explanation/performance.md, drawn from the results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from benchmarks.plan import COUNTED, SKIP
from benchmarks.results import MeasuredRun, Results
from benchmarks.rows import compute_run_median
from benchmarks.shares import split_cpu

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
_GROUND, _INK, _FRAME = "#ffffff", "#1b2124", "#8a9499"
_OURS, _NULL, _NAIVE, _SCRIPT, _POOL, _PALE = "#c62b2c", "#6f7679", "#1f6fb0", "#7a6c00", "#2a8c2a", "#b4bcbf"
_DARK: Final = {
    _GROUND: "#171c1f",
    _INK: "#e3e8ea",
    _FRAME: "#7f8c93",
    _OURS: "#ff7f78",
    _NULL: "#a3adb2",
    _NAIVE: "#6db3f2",
    _SCRIPT: "#d9c94a",
    _POOL: "#6fcf74",
    _PALE: "#5d686d",
}
"""For each colour of the pictures: the one in the dark."""

_STYLES: Final = {
    "ours": (_OURS, "o", "this provider"),
    "null": (_NULL, "s", "null: does nothing"),
    "naive": (_NAIVE, "^", "naive"),
    "script": (_SCRIPT, "D", "script without Pulumi"),
    "pool": (_POOL, "v", "the same, 4 threads"),
}
_OPERATIONS: Final = ("create", "no-op", "preview", "update", "refresh", "destroy")
_SEGMENTS: Final = (_PALE, _NULL, _OURS, _SCRIPT)
_LOOK: Final[dict[Any, Any]] = {
    "svg.hashsalt": "flow-connections",
    "svg.fonttype": "path",
    "font.size": 10,
    "axes.titlesize": 11,
    "legend.fontsize": 9,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.titlecolor": _INK,
    "axes.facecolor": "none",
    "axes.edgecolor": _FRAME,
    "xtick.color": _FRAME,
    "ytick.color": _FRAME,
    "xtick.labelcolor": _INK,
    "ytick.labelcolor": _INK,
    "legend.facecolor": _GROUND,
    "legend.edgecolor": _FRAME,
}


def draw_pictures(results: Results) -> None:
    """Write all pictures. The same results give the same files."""
    FOLDER.mkdir(exist_ok=True)
    with mpl.rc_context(_LOOK):
        for name, height, draw_picture in (
            ("size", 6.6, _draw_sizes),
            ("latency", 6.2, _draw_latencies),
            ("requests", 3.4, _draw_requests),
            ("where", 3.4, _draw_shares),
        ):
            # As wide as a phone can show it without making the letters too small.
            figure = Figure(figsize=(5, height), layout="constrained")
            draw_picture(results, figure)
            file = FOLDER / f"bench-{name}.svg"
            figure.savefig(file, metadata={"Date": None}, facecolor=_GROUND)
            file.write_text(_follow_dark_mode(file.read_text("utf-8")), "utf-8")


def _follow_dark_mode(picture: str) -> str:
    """Return the picture with each colour as a variable that changes in the dark; without blanks at ends of lines."""
    for number, colour in enumerate(_DARK):
        picture = picture.replace(colour, f"var(--colour-{number})")
    light, dark = (
        " ".join(f"--colour-{number}: {colour};" for number, colour in enumerate(colours))
        for colours in (_DARK, _DARK.values())
    )
    style = f"<style>svg {{ {light} }} @media (prefers-color-scheme: dark) {{ svg {{ {dark} }} }}</style>"
    picture = picture.replace("<defs>", f"<defs>\n  {style}", 1)
    return "".join(f"{line.rstrip()}\n" for line in picture.splitlines())


def _draw_sizes(results: Results, figure: Figure) -> None:
    upper, lower = figure.subplots(2, 1)
    for axes, title, number in (
        (upper, "time of a create, s", lambda run: run.wall),
        (lower, "CPU of a create, s", lambda run: run.cpu),
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
    figure.legend(*upper.get_legend_handles_labels(), loc="outside lower center", ncols=2)


def _draw_latencies(results: Results, figure: Figure) -> None:
    upper, lower = figure.subplots(2, 1)
    runs = [run for run in results.runs if run.operation == "create" and run.connections == COUNTED]
    usual = [run for run in runs if not run.setup and not run.workers]
    for peer in ("ours", "naive", "script", "pool"):
        _draw_line(
            upper, [run for run in usual if run.peer == peer], lambda run: run.latency, lambda run: run.wall, peer
        )
    upper.set(xlabel="latency of a request, ms", title=f"time of a create of {COUNTED}, s")
    upper.set_ylim(bottom=0)
    upper.legend(loc="upper left")
    for setup, style in (("", "--"), ("--parallel 64", "-")):
        spread = [run for run in runs if run.peer == "workers" and run.setup == setup]
        label = setup or "Pulumi's own --parallel"
        _draw_line(lower, spread, lambda run: run.workers, lambda run: run.span, "ours", label, style)
    lower.set(xlabel="provider processes", title=f"time of its requests, s, at {max(run.latency for run in runs)} ms")
    lower.set_ylim(0, lower.get_ylim()[1] * 1.05)  # the lines are flat, and their markers must not be cut
    lower.xaxis.set_major_locator(MaxNLocator(integer=True))
    lower.legend(loc="lower left")


def _draw_requests(results: Results, figure: Figure) -> None:
    axes = figure.subplots()
    for offset, peer in ((-0.2, "ours"), (0.2, "naive")):
        counts = [
            compute_run_median(results.select(peer, operation, COUNTED), _count_requests) for operation in _OPERATIONS
        ]
        colour, _, label = _STYLES[peer]
        bars = axes.bar([place + offset for place in range(len(counts))], counts, 0.38, color=colour, label=label)
        axes.bar_label(bars, [f"{count:.0f}" if count == count else "" for count in counts])  # noqa: PLR0124 - NaN
    axes.set_xticks(range(len(_OPERATIONS)), _OPERATIONS)
    axes.set(title=f"requests, N = {COUNTED}")
    axes.margins(y=0.12)  # the numbers above the bars
    figure.legend(loc="outside lower center", ncols=2)


def _draw_shares(results: Results, figure: Figure) -> None:
    axes = figure.subplots()
    bars = [(operation, split_cpu(results, operation)) for operation in ("destroy", "create")]
    for place, (_, parts) in enumerate(bars):
        begin = 0.0
        for (name, seconds), colour in zip(parts.items(), _SEGMENTS, strict=True):
            drawn = axes.barh(place, max(seconds, 0), left=begin, color=colour, label=name if place == 0 else None)
            label_colour = _INK if colour == _PALE else _GROUND
            axes.bar_label(drawn, [f"{seconds:.2f}"], label_type="center", color=label_colour)
            begin += max(seconds, 0)
    axes.set_yticks(range(len(bars)), [operation for operation, _ in bars])
    axes.set(xlabel="CPU seconds of all processes", title=f"where the CPU goes, N = {COUNTED}, L = 0")
    figure.legend(loc="outside lower center", ncols=2)


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
    heights = [compute_run_median([run for run in runs if across(run) == place], up) for place in places]
    axes.plot(places, heights, style, color=colour, marker=marker, markersize=4, label=label or name)


def _count_requests(run: MeasuredRun) -> float:
    return sum(run.requests.values())
