"""Rule: names in Experience Platform match the team's pattern."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import build_expression_schema, compile_expression
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.values import quote


def validate(resource: DeclaredResource, config: Config) -> Iterator[str]:
    """Report a name that does not match the pattern of its kind, or else the common pattern."""
    name = resource.get_text("name")
    pattern = config["byKind"].get(resource.kind, config["pattern"])
    if name is not None and not compile_expression(pattern).fullmatch(name):
        yield (
            f"name: {quote(name)} does not match `{pattern}`. Choose a name that matches; a new name is an update in "
            "place."
        )


RULE = ResourceRule(
    name="name-pattern",
    description="Names match the pattern of the team.",
    collections=("connections", "sourceConnections", "targetConnections", "flows"),
    validate=validate,
    schema={
        "pattern": build_expression_schema(
            "The regular expression that a whole name must match.", r"\w[\w .,:()&/+'-]{2,99}"
        ),
        "byKind": {
            "type": "object",
            "additionalProperties": {"type": "string", "minLength": 1},
            "default": {},
            "description": "Other patterns for some kinds, as {Dataflow: …}.",
        },
    },
)
