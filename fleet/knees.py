"""Where the curves bend, in sentences with their numbers."""

from __future__ import annotations

from typing import Final

from fleet.model import THREADS, Layout, Model, cost
from fleet.points import CREATE, Measured, Scenario
from fleet.tables import WAIT, rounded_best
from fleet.units import duration, number, size

_HUGE: Final = 100_000


def knees(measured: Measured, model: Model) -> str:
    """A list of them."""
    each = (_size(model), _state(measured, model), _latency(measured, model), _memory(model), _limit(model))
    return "".join(f"- **{name}.** {text}\n" for name, text in each)


def _size(model: Model) -> tuple[str, str]:
    best = model.best_size
    worst = max(model.create(n) / n for n in (best / 3, best * 3)) / (model.create(best) / best) - 1
    return "Size of a stack", (
        f"A connection costs least in a stack of {number(best)}, √(fixed / quadratic). Below it the "
        f"{number(model.create.fixed)} CPU s of each `pulumi up` weigh, above it the state file. From "
        f"{number(best / 3)} to {number(best * 3)} connections it is at most {number(worst * 100)} % more."
    )


def _state(measured: Measured, model: Model) -> tuple[str, str]:
    skipped = measured.of(CREATE, checkpoints=False)[0]
    same = Scenario(connections=skipped.scenario.connections)
    kept = next(each for each in measured.of(CREATE) if each.scenario == same)
    best = rounded_best(model)
    return "The state file", (
        f"It is written whole after every step: {same.connections} connections took {kept.cpu:.1f} CPU s, and "
        f"{skipped.cpu:.1f} with `PULUMI_SKIP_CHECKPOINTS=1`. At one write for each connection that is "
        f"{size(_written(model, best))} for {best} of them and {size(_written(model, _HUGE))} for {_HUGE:,} "
        "(computed, not measured)."
    )


def _written(model: Model, connections: int) -> float:
    return model.state.linear * connections**2 / 2


def _latency(measured: Measured, model: Model) -> tuple[str, str]:
    best = rounded_best(model)
    waiting = measured.of(CREATE, latency_ms=round(WAIT * 1000))[0]
    gapless = sum(waiting.requests.values()) * WAIT / THREADS
    alone = model.stack_seconds(best, WAIT)
    return "Latency", (
        f"In a stack of {best} the requests decide from {number(model.latency_knee(best) * 1000)} ms each on. At "
        f"{WAIT * 1000:.0f} ms it takes {duration(alone)}, of which {duration(model.create(best))} are work: two cores "
        f"then carry {number(2 * alone / model.create(best))} stacks at once, and `--at-once` should say so. "
        f"{waiting.scenario.connections} connections at {WAIT * 1000:.0f} ms took {waiting.span:.1f} s at the server; "
        f"{THREADS} at a time without a gap would be {gapless:.1f} s."
    )


def _memory(model: Model) -> tuple[str, str]:
    best = rounded_best(model)
    return "Memory", (
        f"Each stack that runs takes {size(model.memory(1))}, and {size(model.memory(best))} with {best} connections: "
        "the CLI, the program and the plugin together, shared pages counted twice."
    )


def _limit(model: Model) -> tuple[str, str]:
    best = rounded_best(model)
    found = cost(model, Layout(10 * best, best))
    late = cost(model, Layout(10 * best, best, latency=WAIT))
    return "A limit of Adobe's", (
        f"Two stacks at once send {number(found.requests / found.seconds)} requests in a second without latency, and "
        f"{number(late.requests / late.seconds)} at {WAIT * 1000:.0f} ms. Where the limit is below what all stacks at "
        "once send, it decides, and more machines gain nothing."
    )
