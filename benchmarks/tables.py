"""The numbers of docs/performance.md, written between its marks: `python -m benchmarks --report`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks import budget
from benchmarks.plan import COUNTED, LIST, MANY, MOST, PARALLEL, SKIP, SLOW
from benchmarks.results import Results, Run
from docs.generate import replace_blocks

PAGE: Final = Path(__file__).parents[1] / "docs" / "performance.md"
NAIVE: Final = Path(__file__).with_name("programs") / "naive" / "__main__.py"


def write(results: Results) -> None:
    """Bring the page up to date."""
    PAGE.write_text(page(results), "utf-8")


def page(results: Results) -> str:
    """The page with these results."""
    made: Mapping[str, Callable[[Results], Iterator[str]]] = {
        "measured": _measured,
        "budget": _budget,
        "figures": _figures,
        "workers": _workers,
        "checkpoints": _checkpoints,
        "naive": _naive,
    }
    blocks = {name: _joined(make, results) for name, make in made.items()}
    return replace_blocks(PAGE.read_text("utf-8"), blocks)


def for_terminal(rows: Sequence[budget.Row]) -> str:
    """The budget as a table of text."""
    cells = [("what", "budget", "measured", ""), *((row.what, row.budget, row.measured, row.verdict) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[3]]) for line in cells
    ]
    return "\n".join(line.rstrip() for line in lines)


def _joined(make: Callable[[Results], Iterator[str]], results: Results) -> Callable[[], str]:
    return lambda: "".join(f"{line}\n" for line in make(results))


def _measured(results: Results) -> Iterator[str]:
    about = results.about
    yield (
        f"By `{about['command']}` on {about['date']}: {about['cores']} cores, load {about['load']} at the end, "
        f"Python {about['python']}, engine {about['cli']}, SDK {about['sdk']}."
    )
    pool, ours = (_rate(results.some(peer, "create", COUNTED)) for peer in ("pool", "ours"))
    yield (
        f"The emulator is not the limit: it answered {pool:.0f} requests a second to four threads without Pulumi, and "
        f"a create of {COUNTED} asked it for {ours:.0f}."
    )


def _budget(results: Results) -> Iterator[str]:
    yield "| what | budget | measured | |"
    yield "|---|---|---|---|"
    for row in budget.rows(results):
        yield f"| {row.what} | {row.budget} | {row.measured} | {row.verdict} |"


def _figures(results: Results) -> Iterator[str]:
    """Medians at `COUNTED`, as multiples of what `null` takes: seconds would be this machine's."""
    yield f"| N = {COUNTED}, L = 0 | CPU | wall | peak memory | state file | requests | TCP connections |"
    yield "|---|---|---|---|---|---|---|"
    for operation in ("create", "no-op", "destroy"):
        base = results.some("null", operation, COUNTED)
        for peer in ("ours", "naive", "script", "pool"):
            runs = results.some(peer, operation, COUNTED)
            if runs:
                state = _times(runs, base, lambda run: run.state) if operation == "create" and runs[0].state else ""
                yield (
                    f"| {operation}, {peer} | {_times(runs, base, lambda run: run.cpu)} | "
                    f"{_times(runs, base, lambda run: run.wall)} | {_times(runs, base, lambda run: run.memory)} | "
                    f"{state} | {sum(runs[0].requests.values())} | {runs[0].tcp} |"
                )


def _workers(results: Results) -> Iterator[str]:
    runs = [run for run in results.runs if run.peer == "workers"]
    one = _median(results.some("ours", "create", COUNTED, SLOW), lambda run: run.span)
    yield "| processes | `--parallel` | at once | time of the requests | CPU, s | peak memory, MiB | requests |"
    yield "|---|---|---|---|---|---|---|"
    for run in sorted(runs, key=lambda run: (run.setup, run.workers)):
        parallel = run.setup.removeprefix("--parallel ") if run.setup == PARALLEL else "Pulumi's own"
        yield (
            f"| {run.workers} | {parallel} | {run.in_flight} | {run.span / one:.2f} | {run.cpu:.1f} | "
            f"{run.memory / 2**20:.0f} | {sum(run.requests.values())} |"
        )


def _checkpoints(results: Results) -> Iterator[str]:
    yield "| create of | CPU for each, ms | with `PULUMI_SKIP_CHECKPOINTS`, ms | state file, kB for each |"
    yield "|---|---|---|---|"
    for size in sorted({run.connections for run in results.runs}):
        usual, skipped = results.some("ours", "create", size), results.some("ours", "create", size, setup=SKIP)
        if usual or skipped:
            kept = (usual or skipped)[0].state / size / 1000
            yield f"| {size} | {_each(usual, size)} | {_each(skipped, size)} | {kept:.1f} |"
    listed = results.some("ours", "refresh", MANY, SLOW, LIST)
    by_id = results.some("ours", "refresh", MANY, SLOW, "ADOBE_REFRESH_FROM=id")
    yield ""
    yield (
        f"A refresh of {MANY} at {SLOW} ms took {_wall(listed)} s from list pages and {_wall(by_id)} s by id; a no-op "
        f"`up` of {MOST} took {_wall(results.some('ours', 'no-op', MOST, setup=SKIP))} s."
    )


def _naive(results: Results) -> Iterator[str]:  # noqa: ARG001 - as all blocks are made
    yield "```python"
    yield from NAIVE.read_text("utf-8").splitlines()
    yield "```"


def _times(runs: list[Run], base: list[Run], number: Callable[[Run], float]) -> str:
    return f"{_median(runs, number) / _median(base, number):.2f}"


def _rate(runs: list[Run]) -> float:
    return _median(runs, lambda run: sum(run.requests.values()) / run.span)


def _each(runs: list[Run], size: int) -> str:
    return f"{_median(runs, lambda run: run.cpu) / size * 1000:.0f}" if runs else ""


def _wall(runs: list[Run]) -> str:
    return f"{_median(runs, lambda run: run.wall):.0f}" if runs else "?"


def _median(runs: list[Run], number: Callable[[Run], float]) -> float:
    return median(map(number, runs)) if runs else float("nan")
