"""Two resources of a stack have one name in one sandbox: people, and look-ups by name, take one for the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adobe_flow_policy.alike import alike
from adobe_flow_policy.rule import Config, StackRule
from adobe_flow_policy.seen import Seen
from adobe_flow_policy.values import quoted


def judge(resources: Sequence[Seen], config: Config) -> Iterator[tuple[Seen, str]]:
    """Names without regard to blanks, and to case unless told otherwise; kinds of one collection share their names."""

    def key(resource: Seen) -> tuple[object, ...] | None:
        name = resource.text("name")
        if name is None:
            return None
        words = " ".join(name.split())
        return (resource.collection, words.casefold() if config["ignoreCase"] else words)

    for first, other in alike(resources, key):
        message = (
            f"name: {quoted(other.text('name') or '')} is the name of {first.kind} {quoted(first.name)} too, in the "
            f"sandbox {quoted(other.sandbox)}. Give one of them another name, or take one out of the program."
        )
        yield other, message


RULE = StackRule(
    name="duplicate-name",
    description="No two connections, and no two dataflows, of a sandbox have one name.",
    on=("connections", "sourceConnections", "targetConnections", "flows"),
    judge=judge,
    schema={
        "ignoreCase": {
            "type": "boolean",
            "default": True,
            "description": "Whether names that differ in case alone count as one.",
        }
    },
)
