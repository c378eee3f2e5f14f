"""The identity: the mapping fills the primary identity, or the primary key, of the XDM schema.

Adobe: descriptors.md and schemas.md (`xdm:descriptorIdentity`, `xdm:descriptorPrimaryKey`). Rows without it are
dropped, or are in no profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.connection.connection_path import Pipeline
from adobe_flow.problem import Problem
from pulumi_adobe.resource_types.mapping_sets import parse_mappings


def check(case: Case) -> str:
    """Compare the paths of each mapping set with the descriptors of the schema."""
    path = case.path()

    def judge(pipeline: Pipeline) -> str:
        if pipeline.schema_id is None or pipeline.mapping_set_id is None:
            return "without a mapping, so nothing was compared"
        needed = list(_list_identity_paths(path.descriptors(pipeline.schema_id)))
        mapped = [_to_path(entry.destination) for entry in parse_mappings(path.mapping_set(pipeline.mapping_set_id))]
        missing = [each for each in needed if not any(_fills(other, each) for other in mapped)]
        if missing:
            raise Problem(
                f"the mapping does not fill {', '.join(missing)}, the primary identity or key of the schema.",
                "Map a column to it: `mapping` of the dataflow. Without it, rows are dropped or belong to no profile.",
            )
        return f"the mapping fills {', '.join(needed)}" if needed else "the schema has no primary identity"

    return path.judge_each(judge)


def _list_identity_paths(descriptors: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    for type_, descriptor in descriptors:
        is_primary_identity = type_ == "xdm:descriptorIdentity" and descriptor.get("xdm:isPrimary") is True
        if is_primary_identity or type_ == "xdm:descriptorPrimaryKey":
            properties = descriptor.get("xdm:sourceProperty")
            for each in properties if isinstance(properties, list) else [properties]:
                if isinstance(each, str):
                    yield _to_path(each)


def _to_path(path: str) -> str:
    return path.strip("/").replace("/", ".")


def _fills(mapped: str, path: str) -> bool:
    """Return whether a mapping to one path fills another: the same one, or an object around it."""
    return path == mapped or path.startswith(f"{mapped}.")
