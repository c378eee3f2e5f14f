"""Production stacks touch production sandboxes, and no other stack does."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import PRODUCTION, listed, shell_patterns
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen
from adobe_flow_policy.values import quoted


def judge(resource: Seen, config: Config) -> Iterator[str]:
    """The stack's name beside that of the sandbox; one that only the update knows passes."""
    sandbox = resource.sandbox
    if not isinstance(sandbox, str):
        return
    production = listed(sandbox, config["sandboxes"])
    if listed(resource.stack, config["stacks"]) and not production:
        yield (
            f"sandbox: {quoted(resource.stack)} is a production stack, and {quoted(sandbox)} no production sandbox "
            f"({', '.join(config['sandboxes'])}). Set adobe:sandbox, or the `sandbox` of its FlowService, to one of "
            "those, or declare the resource in another stack."
        )
    if production and config["exclusive"] and not listed(resource.stack, config["stacks"]):
        yield (
            f"sandbox: {quoted(sandbox)} is a production sandbox, and {quoted(resource.stack)} no production stack "
            f"({', '.join(config['stacks'])}). Declare the resource in a production stack, or set adobe:sandbox, or "
            "the `sandbox` of its FlowService, to another sandbox."
        )


RULE = ResourceRule(
    name="production-sandbox",
    description="Production stacks touch production sandboxes only, and no other stack touches those.",
    on=("connections", "sourceConnections", "targetConnections", "flows"),
    judge=judge,
    schema={
        "stacks": shell_patterns("The stacks that are production.", PRODUCTION),
        "sandboxes": shell_patterns("The sandboxes that are production.", PRODUCTION),
        "exclusive": {
            "type": "boolean",
            "default": True,
            "description": "Whether other stacks must keep away from production sandboxes.",
        },
    },
)
