"""Rule: production stacks protect their connections from deletion by accident."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import PRODUCTION, build_pattern_list_schema, matches_any
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.values import quote


def validate(connection: DeclaredResource, config: Config) -> Iterator[str]:
    """Report a connection of a production stack without Pulumi's option `protect`."""
    if matches_any(connection.stack, config["stacks"]) and not connection.protect:
        yield (
            f"protect: the option is not set, and {quote(connection.stack)} is a production stack. Without it, a "
            "connection that is removed from the program is deleted. Declare it with "
            "opts=pulumi.ResourceOptions(protect=True)."
        )


RULE = ResourceRule(
    name="production-protect",
    description="Production stacks protect their connections.",
    collections=("connections",),
    validate=validate,
    schema={"stacks": build_pattern_list_schema("The stacks that are production.", PRODUCTION)},
)
