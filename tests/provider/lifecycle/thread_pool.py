"""An adapter with many threads, as a native plugin is one: the engine checks one resource after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.clock import SystemClock
from pulumi_adobe.lifecycle.create import CreatedResource
from tests.provider.lifecycle.world import Process, World, build_inputs

_LIST_PATH = "/connections"


@dataclass
class Outcomes:
    """The resources that were created, and the errors of the others."""

    created: list[CreatedResource] = field(default_factory=list)
    errors: list[AdobeError] = field(default_factory=list)


def start_process(world: World, threads: int, **settings: Any) -> Process:
    """Start a process for so many threads, with the clock of this machine: they wait for each other in real time."""
    world.threads, world.clock = threads, SystemClock()
    return world.start_process(**settings)


def build_many(count: int) -> list[dict[str, Any]]:
    """Return the inputs of so many resources."""
    return [build_inputs(name=f"lake {number}", owner=f"project/dev/{number}") for number in range(count)]


def create_all(process: Process, inputs: Sequence[Mapping[str, Any]], threads: int) -> Outcomes:
    """Check the resources in turn, and create them by so many threads, as the engine does with `--parallel`."""
    for resource_inputs in inputs:
        process.lifecycle.check({}, resource_inputs)
    outcomes, everybody = Outcomes(), Barrier(min(len(inputs), threads))
    with ThreadPoolExecutor(threads, initializer=everybody.wait) as pool:
        for future in [pool.submit(process.lifecycle.create, resource_inputs) for resource_inputs in inputs]:
            try:
                outcomes.created.append(future.result())
            except AdobeError as error:
                outcomes.errors.append(error)
    return outcomes


@dataclass(frozen=True)
class Traffic:
    """The requests of one process.

    Attributes:
        posts: Those that create.
        tokens: Those for a token.
        look_ups: The list pages that look for existing entities.
        pages: The list pages that confirm creates.
        reads: The reads by id.
        tcp: The number of TCP connections.
    """

    posts: int
    tokens: int
    look_ups: int
    pages: int
    reads: int
    tcp: int


def read_traffic(world: World) -> Traffic:
    """Count the requests in the emulator's journal."""
    journal = world.emulator.journal()
    lists = [each for each in journal if each["method"] == "GET" and each["path"].endswith(_LIST_PATH)]
    pages = sum("orderby" in each["query"] for each in lists)
    return Traffic(
        posts=world.count_requests("POST", _LIST_PATH),
        tokens=world.count_requests("POST", "/token/v3"),
        look_ups=len(lists) - pages,
        pages=pages,
        reads=world.count_requests("GET") - len(lists),
        tcp=len({each["connection"] for each in journal}),
    )
