"""Rule: a description names the owner, whom people ask when a connection or a dataflow fails at night."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import build_expression_schema, compile_expression
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule

_CORRECTION = "Add a line to it, such as: Owner: data-platform@acme.example"


def validate(resource: DeclaredResource, config: Config) -> Iterator[str]:
    """Report a `description` that does not contain the pattern of an owner. An unknown one passes."""
    description = resource.get_text("description")
    if resource.lacks("description"):
        yield f"description: the description is missing, and so is the owner. {_CORRECTION}"
    elif description is not None and not compile_expression(config["pattern"]).search(description):
        yield f"description: the text names no owner (`{config['pattern']}`). {_CORRECTION}"


RULE = ResourceRule(
    name="owner",
    description="The description of a connection or a dataflow names its owner.",
    collections=("connections", "flows"),
    validate=validate,
    schema={
        "pattern": build_expression_schema(
            "The regular expression that must match a part of the description.", r"(?i)\bowner:\s*\w\S+"
        )
    },
)
