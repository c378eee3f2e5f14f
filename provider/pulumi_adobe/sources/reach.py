"""How far a program can go with a source: the last resource of a pipeline that this package can declare for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from pulumi_adobe.sources import ConnectionSpec

Reach: TypeAlias = Literal["base connection", "source connection", "dataflow"]

_EXAMPLES_BY_KIND: Final[Mapping[str, str]] = {"table": "databricks-to-dataset"}
"""The folder of `examples/` that shows a pipeline of the kind."""

_EXAMPLE_OF_OTHERS: Final = "families"
"""The folder of `examples/` that has one pipeline of each of the other kinds."""


def get_reach(spec: ConnectionSpec) -> Reach:
    """Return how far a program can go with the source: without a documented flow spec, to the source connection."""
    return "dataflow" if spec.flow_specs else "source connection"


def get_example(spec: ConnectionSpec) -> str:
    """Return the folder of `examples/` that shows a pipeline of such a source; empty if there is none."""
    if get_reach(spec) != "dataflow":
        return ""
    return _EXAMPLES_BY_KIND.get(spec.source_connection.kind, _EXAMPLE_OF_OTHERS)
