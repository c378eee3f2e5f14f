"""In production, what nobody should delete by accident is protected."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import PRODUCTION, listed, shell_patterns
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen
from adobe_flow_policy.values import quoted


def judge(connection: Seen, config: Config) -> Iterator[str]:
    """Pulumi's option `protect`, which is always known."""
    if listed(connection.stack, config["stacks"]) and not connection.protect:
        yield (
            f"protect: is not set, and {quoted(connection.stack)} is a production stack: taken out of the program, the "
            "connection would be deleted. Declare it with opts=pulumi.ResourceOptions(protect=True)."
        )


RULE = ResourceRule(
    name="production-protect",
    description="Production stacks protect their connections.",
    on=("connections",),
    judge=judge,
    schema={"stacks": shell_patterns("The stacks that are production.", PRODUCTION)},
)
