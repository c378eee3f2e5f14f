"""The tables of docs/explanation/performance.md, which `python -m benchmarks --report` writes between its markers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks import budget, opentofu
from benchmarks.plan import COUNTED, LIST, MANY, MOST, PARALLEL, SIXTY_FOUR, SKIP, SLOW, TEN
from benchmarks.results import MeasuredRun, Results
from benchmarks.rows import BudgetRow, compute_run_median
from docs.generate import replace_blocks

PAGE: Final = Path(__file__).parents[1] / "docs" / "explanation" / "performance.md"
NAIVE: Final = Path(__file__).with_name("programs") / "naive" / "__main__.py"


def write_page(results: Results) -> None:
    """Write the documentation page with these benchmark results."""
    PAGE.write_text(build_page(results), "utf-8")


def build_page(results: Results) -> str:
    """Return the text of the documentation page with these benchmark results."""
    builders: Mapping[str, Callable[[Results], Iterator[str]]] = {
        "measured": _describe_measurement,
        "budget": _build_budget,
        "figures": _build_figures,
        "opentofu": _build_opentofu,
        "workers": _build_workers,
        "checkpoints": _build_checkpoints,
        "naive": _show_naive_program,
    }
    blocks = {name: _join_lines(build, results) for name, build in builders.items()}
    return replace_blocks(PAGE.read_text("utf-8"), blocks)


def format_for_terminal(rows: Sequence[BudgetRow]) -> str:
    """Return the budget as a table of text."""
    cells = [("what", "budget", "measured", ""), *((row.what, row.budget, row.measured, row.verdict) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[3]]) for line in cells
    ]
    return "\n".join(line.rstrip() for line in lines)


def _join_lines(build: Callable[[Results], Iterator[str]], results: Results) -> Callable[[], str]:
    return lambda: "".join(f"{line}\n" for line in build(results))


def _describe_machine(about: Mapping[str, Any]) -> str:
    return (
        f"`{about['command']}` on {about['date']}: {about['cores']} cores, load {about['load']} at the end, "
        f"Python {about['python']}, engine {about['cli']}, SDK {about['sdk']}."
    )


def _describe_measurement(results: Results) -> Iterator[str]:
    yield f"Measured by {_describe_machine(results.about)}"
    if "native_run" in results.about:
        which = "The native adapter, what it is compared with, and `script`"
        yield f"{which}: by {_describe_machine(results.about['native_run'])}"
    pool, ours = (_compute_rate(results.select(peer, "create", COUNTED)) for peer in ("pool", "ours"))
    yield (
        f"The emulator is not the limit: it answered {pool:.0f} requests a second to four threads without Pulumi, and "
        f"a create of {COUNTED} asked it for {ours:.0f}."
    )


def _build_budget(results: Results) -> Iterator[str]:
    yield "| what | budget | measured | |"
    yield "|---|---|---|---|"
    for row in budget.build_budget_rows(results):
        yield f"| {row.what} | {row.budget} | {row.measured} | {row.verdict} |"


def _build_figures(results: Results) -> Iterator[str]:
    """Yield the medians as multiples of those of the provider `null`, because seconds depend on the machine."""
    yield f"| N = {COUNTED}, L = 0 | CPU | wall | peak memory | state file | requests | TCP connections |"
    yield "|---|---|---|---|---|---|---|"
    for operation in ("create", "no-op", "destroy"):
        for peer in ("ours", "naive", "script", "pool", "native"):
            base = results.select("null-native" if peer == "native" else "null", operation, COUNTED)
            runs = results.select(peer, operation, COUNTED)
            if runs and base:
                has_state = operation == "create" and runs[0].state
                cpu, wall = (
                    _format_ratio(runs, base, number) for number in (lambda run: run.cpu, lambda run: run.wall)
                )
                memory = _format_ratio(runs, base, lambda run: run.memory)
                state = _format_ratio(runs, base, lambda run: run.state) if has_state else ""
                yield (
                    f"| {operation}, {peer} | {cpu} | {wall} | {memory} | {state} | "
                    f"{sum(runs[0].requests.values())} | {runs[0].tcp} |"
                )


def _build_opentofu(results: Results) -> Iterator[str]:
    version = results.about.get("opentofu")
    if version is None:
        yield f"OpenTofu is not measured: {results.about.get('no_opentofu', 'these results are older than this part')}."
        return
    flags = ", ".join(f"{operation} `tofu {' '.join(words)}`" for operation, words in opentofu.OPERATIONS.items())
    yield f"OpenTofu {version} with the REST provider {opentofu.PROVIDER_VERSION}: {flags}."
    yield ""
    yield f"| L = {SLOW} ms | N | dynamic, s (requests) | native, s (requests) | OpenTofu, s (requests) |"
    yield "|---|---|---|---|---|"
    for setup in (TEN, SIXTY_FOUR):
        for operation in opentofu.OPERATIONS:
            for size in (COUNTED, MANY):
                peers = [results.select(peer, operation, size, SLOW, setup) for peer in ("ours", "native", "opentofu")]
                if any(peers):
                    cells = " | ".join(map(_format_cost, peers))
                    yield f"| {operation}, {setup} | {size} | {cells} |"


def _format_cost(runs: list[MeasuredRun]) -> str:
    if not runs:
        return ""
    return f"{compute_run_median(runs, lambda run: run.wall):.1f} ({sum(runs[0].requests.values())})"


def _build_workers(results: Results) -> Iterator[str]:
    runs = [run for run in results.runs if run.peer == "workers"]
    one = compute_run_median(results.select("ours", "create", COUNTED, SLOW), lambda run: run.span)
    yield "| processes | `--parallel` | at once | time of the requests | CPU, s | peak memory, MiB | requests |"
    yield "|---|---|---|---|---|---|---|"
    for run in sorted(runs, key=lambda run: (run.setup, run.workers)):
        parallel = run.setup.removeprefix("--parallel ") if run.setup == PARALLEL else "Pulumi's own"
        yield (
            f"| {run.workers} | {parallel} | {run.in_flight} | {run.span / one:.2f} | {run.cpu:.1f} | "
            f"{run.memory / 2**20:.0f} | {sum(run.requests.values())} |"
        )


def _build_checkpoints(results: Results) -> Iterator[str]:
    yield "| create of | CPU for each, ms | with `PULUMI_SKIP_CHECKPOINTS`, ms | state file, kB for each |"
    yield "|---|---|---|---|"
    for size in sorted({run.connections for run in results.runs}):
        usual, skipped = results.select("ours", "create", size), results.select("ours", "create", size, setup=SKIP)
        if usual or skipped:
            kilobytes = (usual or skipped)[0].state / size / 1000
            yield f"| {size} | {_format_cpu(usual, size)} | {_format_cpu(skipped, size)} | {kilobytes:.1f} |"
    listed = results.select("ours", "refresh", MANY, SLOW, LIST)
    by_id = results.select("ours", "refresh", MANY, SLOW, "ADOBE_REFRESH_FROM=id")
    yield ""
    yield (
        f"A refresh of {MANY} at {SLOW} ms took {_format_wall(listed)} s from list pages and {_format_wall(by_id)} s "
        f"by id; a no-op `up` of {MOST} took {_format_wall(results.select('ours', 'no-op', MOST, setup=SKIP))} s."
    )


def _show_naive_program(results: Results) -> Iterator[str]:  # noqa: ARG001 - the signature of all blocks
    yield "```python"
    yield from NAIVE.read_text("utf-8").splitlines()
    yield "```"


def _format_ratio(runs: list[MeasuredRun], base: list[MeasuredRun], number: Callable[[MeasuredRun], float]) -> str:
    return f"{compute_run_median(runs, number) / compute_run_median(base, number):.2f}"


def _compute_rate(runs: list[MeasuredRun]) -> float:
    return compute_run_median(runs, lambda run: sum(run.requests.values()) / run.span)


def _format_cpu(runs: list[MeasuredRun], size: int) -> str:
    return f"{compute_run_median(runs, lambda run: run.cpu) / size * 1000:.0f}" if runs else ""


def _format_wall(runs: list[MeasuredRun]) -> str:
    return f"{compute_run_median(runs, lambda run: run.wall):.0f}" if runs else "?"
