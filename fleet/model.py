"""What connections cost by how they are cut into stacks: curves fitted to the points, and arithmetic on top."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fleet.fit import Curve, fitted
from fleet.points import CREATE, FLEET, NO_OP, RESUME, Measured, Point

THREADS: Final = 4
"""Calls that a plugin process of Pulumi's dynamic providers answers at once."""


@dataclass(frozen=True)
class Model:
    """Curves over the connections of one stack, and what the runner adds to each stack."""

    create: Curve
    no_op: Curve
    state: Curve
    memory: Curve
    requests: Curve
    largest: int
    runner: float
    look: float
    """CPU seconds of the runner to bring up a stack, beside `pulumi up`; and to find it up to date."""

    @classmethod
    def of(cls, measured: Measured) -> Model:
        """Fit everything. Latency, and runs without checkpoints, are left out, to be compared afterwards."""
        create = measured.of(CREATE)
        curve = _curve(create, [point.cpu for point in create], 2)
        no_op = measured.of(NO_OP)
        fleets = measured.of(FLEET)
        added = [point.cpu / point.scenario.stacks - curve(point.scenario.connections) for point in fleets]
        looks = [point.cpu / point.scenario.stacks for point in measured.of(RESUME)]
        return cls(
            create=curve,
            no_op=_curve(no_op, [point.cpu for point in no_op], 1),
            state=_curve(create, [point.state_bytes for point in create], 1),
            memory=_curve(create, [point.memory for point in create], 1),
            requests=_curve(create, [sum(point.requests.values()) for point in create], 1),
            largest=max(point.scenario.connections for point in create),
            runner=sum(added) / len(added),
            look=sum(looks) / len(looks),
        )

    def stack_seconds(self, size: int, latency: float = 0.0) -> float:
        """How long one stack takes alone: the engine's work, or its requests four at a time, whichever is longer.

        Nothing of the engine's work is taken to overlap, so on an idle machine this is rather too long.
        """
        waited = self.requests.linear * size * latency / THREADS + self.requests.fixed * latency
        return self.create.fixed + max(self.create.rest(size), waited)

    @property
    def best_size(self) -> int:
        """Connections per stack where a connection costs least: a fixed cost to share, a quadratic one to avoid."""
        return round(math.sqrt(self.create.fixed / self.create.quadratic))

    def latency_knee(self, size: int) -> float:
        """Seconds per request from which on the requests, and not the engine, decide how long a stack takes."""
        return self.create.rest(size) * THREADS / (self.requests.linear * size)


@dataclass(frozen=True)
class Layout:
    """How the connections are cut, and what they are run on; ``rate`` is Adobe's limit in requests per second."""

    connections: int
    size: int
    cores: int = 2
    at_once: int = 2
    latency: float = 0.0
    rate: float = math.inf

    @property
    def stacks(self) -> int:
        """How many there are."""
        return math.ceil(self.connections / self.size)


@dataclass(frozen=True)
class Cost:
    """What a layout costs to create; seconds by each thing that can be the limit."""

    requests: float
    cpu: float
    state: float
    by_cores: float
    by_stacks: float
    by_rate: float

    @property
    def seconds(self) -> float:
        """How long it takes: the slowest of the three."""
        return max(self.by_cores, self.by_stacks, self.by_rate)


def cost(model: Model, layout: Layout) -> Cost:
    """Create all connections of a layout, all stacks of one size."""
    stacks, size = layout.stacks, min(layout.size, layout.connections)
    runner = model.runner if stacks > 1 else 0.0
    cpu = stacks * (model.create(size) + runner)
    rounds = math.ceil(stacks / layout.at_once)
    requests = stacks * model.requests.fixed + layout.connections * model.requests.linear
    return Cost(
        requests=requests,
        cpu=cpu,
        state=stacks * model.state(size),
        by_cores=cpu / min(layout.cores, stacks),
        by_stacks=rounds * (model.stack_seconds(size, layout.latency) + runner),
        by_rate=requests / layout.rate,
    )


def _curve(points: Sequence[Point], values: Sequence[float], degree: int) -> Curve:
    return fitted([point.scenario.connections for point in points], values, degree)
