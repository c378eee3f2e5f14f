"""Rule: production stacks use only production sandboxes, and no other stack uses those."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import PRODUCTION, build_pattern_list_schema, matches_any
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.values import quote


def validate(resource: DeclaredResource, config: Config) -> Iterator[str]:
    """Report a production stack with another sandbox, and another stack with a production sandbox."""
    sandbox = resource.sandbox
    if not isinstance(sandbox, str):
        return
    is_production_sandbox = matches_any(sandbox, config["sandboxes"])
    if matches_any(resource.stack, config["stacks"]) and not is_production_sandbox:
        yield (
            f"sandbox: {quote(resource.stack)} is a production stack, but {quote(sandbox)} is not a production sandbox "
            f"({', '.join(config['sandboxes'])}). Set adobe:sandbox, or the `sandbox` of its FlowService, to one of "
            "those, or declare the resource in another stack."
        )
    if is_production_sandbox and config["exclusive"] and not matches_any(resource.stack, config["stacks"]):
        yield (
            f"sandbox: {quote(sandbox)} is a production sandbox, but {quote(resource.stack)} is not a production stack "
            f"({', '.join(config['stacks'])}). Declare the resource in a production stack, or set adobe:sandbox, or "
            "the `sandbox` of its FlowService, to another sandbox."
        )


RULE = ResourceRule(
    name="production-sandbox",
    description="Only production stacks use production sandboxes, and they use no others.",
    collections=("connections", "sourceConnections", "targetConnections", "flows"),
    validate=validate,
    schema={
        "stacks": build_pattern_list_schema("The stacks that are production.", PRODUCTION),
        "sandboxes": build_pattern_list_schema("The sandboxes that are production.", PRODUCTION),
        "exclusive": {
            "type": "boolean",
            "default": True,
            "description": "Whether other stacks must not use production sandboxes.",
        },
    },
)
