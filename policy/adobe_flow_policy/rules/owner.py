"""A description names an owner: whom to ask when a connection or a dataflow fails at night."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import expression, regular_expression
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen

_MEND = "Add a line to it, such as: Owner: data-platform@acme.example"


def judge(resource: Seen, config: Config) -> Iterator[str]:
    """The pattern somewhere in `description`; a description that is unknown passes."""
    description = resource.text("description")
    if resource.lacks("description"):
        yield f"description: is missing, and with it the owner. {_MEND}"
    elif description is not None and not expression(config["pattern"]).search(description):
        yield f"description: names no owner (`{config['pattern']}`). {_MEND}"


RULE = ResourceRule(
    name="owner",
    description="The description of a connection or a dataflow names its owner.",
    on=("connections", "flows"),
    judge=judge,
    schema={"pattern": regular_expression("What a description must hold somewhere.", r"(?i)\bowner:\s*\w\S+")},
)
