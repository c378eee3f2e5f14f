"""The tables of docs/scale.md, from the points and the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fleet.fit import residual
from fleet.model import Cost, Layout, Model, cost
from fleet.points import CREATE, FLEET, NO_OP, RESUME, Measured, Point
from fleet.units import duration, number, off, size

MANY: Final = 50
"""Machines of two cores each, in the column of a fleet on many."""
WAIT: Final = 0.2
"""Seconds of latency in the columns that have one, as in the point that was measured."""
NUMBERS: Final = (10, 1_000, 100_000)
RATES: Final = (2, 10, 50)
_NAMES: Final = {
    CREATE: "create",
    NO_OP: "nothing to do",
    FLEET: "runner, {} at once, create",
    RESUME: "runner, {} at once, all up to date",
}


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def measured_table(measured: Measured, model: Model) -> str:
    """Every point beside what the model says of it."""
    head = ("run", "stacks", "connections in each", "CPU s", "model", "off by", "wall s", "requests", "state")
    return _table(head, (_point(point, model) for point in measured.points))


def _point(point: Point, model: Model) -> tuple[str, ...]:
    scenario = point.scenario
    name = _NAMES[point.kind].format(scenario.at_once)
    name += "" if scenario.checkpoints else ", no checkpoints"
    name += f", {scenario.latency_ms} ms" if scenario.latency_ms else ""
    guess = _guess(point, model)
    is_modelled = scenario.checkpoints or point.kind == NO_OP
    return (
        name,
        str(scenario.stacks),
        str(scenario.connections),
        f"{point.cpu:.1f}",
        f"{guess:.1f}" if is_modelled else "",
        off(residual(lambda _: guess, 0, point.cpu)) if is_modelled else "",
        f"{point.wall:.0f}",
        str(sum(point.requests.values())),
        size(point.state_bytes),
    )


def _guess(point: Point, model: Model) -> float:
    connections, stacks = point.scenario.connections, point.scenario.stacks
    each = {
        CREATE: model.create(connections),
        NO_OP: model.no_op(connections),
        FLEET: model.create(connections) + model.runner,
        RESUME: model.look,
    }
    return stacks * each[point.kind]


def costs_table(model: Model) -> str:
    """10, 1,000 and 100,000 connections, in one stack and in many."""
    head = (
        "connections",
        "stacks",
        "in each",
        "requests",
        "CPU",
        "2 cores, 2 at once",
        f"the same, {WAIT * 1000:.0f} ms",
        f"{MANY} such machines, {WAIT * 1000:.0f} ms",
        "state in all",
        "largest state file",
        "how far from what was measured",
    )
    return _table(head, (_cost(model, total, each) for total in NUMBERS for each in _sizes(model, total)))


def _sizes(model: Model, total: int) -> list[int]:
    return sorted({min(each, total) for each in (1, 10, rounded_best(model), total)})


def rounded_best(model: Model) -> int:
    """The size of a stack in which connections cost least, in tens."""
    return max(10, round(model.best_size, -1))


def _cost(model: Model, total: int, each: int) -> tuple[str, ...]:
    alone = Layout(total, each)
    found, late = cost(model, alone), cost(model, Layout(total, each, latency=WAIT))
    spread = cost(model, Layout(total, each, cores=2 * MANY, at_once=2 * MANY, latency=WAIT))
    return (
        f"{total:,}",
        f"{alone.stacks:,}",
        f"{each:,}",
        number(found.requests),
        duration(found.cpu),
        duration(found.seconds),
        duration(late.seconds),
        duration(spread.seconds),
        size(found.state),
        size(model.state(each)),
        _distance(model, alone),
    )


def _distance(model: Model, layout: Layout) -> str:
    if layout.size > model.largest:
        return f"extrapolated: {number(layout.size / model.largest)} times the largest stack that was measured"
    return "within" if layout.stacks == 1 else "a stack within, times their number"


def rates_table(model: Model) -> str:
    """How long the requests alone take under a limit of Adobe's."""
    head = ("connections", "requests", *(f"{rate} in a second" for rate in RATES))
    return _table(head, (_rates(model, total) for total in NUMBERS))


def _rates(model: Model, total: int) -> tuple[str, ...]:
    found: list[Cost] = [cost(model, Layout(total, rounded_best(model), rate=rate)) for rate in RATES]
    return (f"{total:,}", number(found[0].requests), *(duration(each.by_rate) for each in found))


def curves_table(model: Model) -> str:
    """What was fitted."""
    head = ("of one stack with n connections", "fixed", "· n", "· n²")
    curves = (
        ("create, CPU s", model.create),
        ("nothing to do, CPU s", model.no_op),
        ("requests of a create", model.requests),
        ("state, bytes", model.state),
        ("memory of all processes at the most, bytes", model.memory),
    )
    rows = ((name, *(f"{part:,.3g}" for part in (it.fixed, it.linear, it.quadratic))) for name, it in curves)
    return _table(head, iter([*rows, ("runner beside it, CPU s", f"{model.runner:.3g}", "", ""), (
        "runner, stack up to date, CPU s", f"{model.look:.3g}", "", "")]))  # fmt: skip
