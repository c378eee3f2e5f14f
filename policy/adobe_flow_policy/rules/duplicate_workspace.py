"""Two connections of a stack read the same: two tokens to rotate, and data that comes twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.alike import alike
from adobe_flow_policy.rule import Config, StackRule
from adobe_flow_policy.seen import Seen
from adobe_flow_policy.values import quoted
from pulumi_adobe.schema.values import UNKNOWN


def judge(connections: Sequence[Seen], config: Config) -> Iterator[tuple[Seen, str]]:
    """The same values of the properties `by`; a connection of which one is unknown is like no other."""

    def key(connection: Seen) -> tuple[object, ...] | None:
        values = tuple(connection.properties.get(name) for name in config["by"])
        if connection.text("domain") is None or any(value is UNKNOWN for value in values):
            return None
        return tuple(value.casefold().rstrip("/") if isinstance(value, str) else repr(value) for value in values)

    for first, other in alike(connections, key):
        message = (
            f"{', '.join(config['by'])}: the same as those of {first.kind} {quoted(first.name)}, in the sandbox "
            f"{quoted(other.sandbox)}. Use that connection, or say in `by` of the configuration of duplicate-workspace "
            "what makes two of them differ."
        )
        yield other, message


RULE = StackRule(
    name="duplicate-workspace",
    description="No two connections of a sandbox read the same of one workspace.",
    level=EnforcementLevel.ADVISORY,
    on=("connections",),
    judge=judge,
    schema={
        "by": {
            "type": "array",
            "items": {"enum": ["domain", "database", "catalog", "clusterId"]},
            "minItems": 1,
            "default": ["domain", "database", "catalog"],
            "description": "The properties that make two connections the same; domain alone allows one per workspace.",
        }
    },
)
