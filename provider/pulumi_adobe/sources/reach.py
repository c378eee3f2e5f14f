"""How far a program can go with a source: the last resource of a pipeline that this package can declare for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from pulumi_adobe.sources import ConnectionSpec

Reach: TypeAlias = Literal["base connection", "source connection", "dataflow"]

_REACH_BY_KIND: Final[Mapping[str, Reach]] = {
    "table": "dataflow",
    "files": "dataflow",
    "webhook": "source connection",
}
"""By the kind of source connection (``families.json``); all others end at the base connection."""

_REACH_BY_SOURCE: Final[Mapping[str, Reach]] = {"data-landing-zone": "source connection"}
"""The sources that end before the others of their kind."""

_EXAMPLES_BY_KIND: Final[Mapping[str, str]] = {"table": "databricks-to-dataset"}
"""The folder of `examples/` that shows a pipeline of the kind."""


def get_reach(spec: ConnectionSpec) -> Reach:
    """Return how far a program can go with the source."""
    kind = spec.source_connection.kind
    return _REACH_BY_SOURCE.get(spec.source) or _REACH_BY_KIND.get(kind, "base connection")


def get_example(spec: ConnectionSpec) -> str:
    """Return the folder of `examples/` that shows a pipeline of such a source; empty if there is none."""
    return _EXAMPLES_BY_KIND.get(spec.source_connection.kind, "")
