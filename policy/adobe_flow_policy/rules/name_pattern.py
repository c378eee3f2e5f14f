"""Names in Experience Platform follow the team's pattern."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import expression, regular_expression
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen
from adobe_flow_policy.values import quoted


def judge(resource: Seen, config: Config) -> Iterator[str]:
    """The whole of `name`, by the pattern of its kind or the common one."""
    name = resource.text("name")
    pattern = config["byKind"].get(resource.kind, config["pattern"])
    if name is not None and not expression(pattern).fullmatch(name):
        yield f"name: {quoted(name)} is not like `{pattern}`. Give it one that is: an update in place."


RULE = ResourceRule(
    name="name-pattern",
    description="Names follow the team's pattern.",
    on=("connections", "sourceConnections", "targetConnections", "flows"),
    judge=judge,
    schema={
        "pattern": regular_expression("What a whole name looks like.", r"\w[\w .,:()&/+'-]{2,99}"),
        "byKind": {
            "type": "object",
            "additionalProperties": {"type": "string", "minLength": 1},
            "default": {},
            "description": "Patterns of their own for some kinds, as {Dataflow: …}.",
        },
    },
)
