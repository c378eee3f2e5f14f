"""Rule: no two resources of a stack have the same name in one sandbox, because people and look-ups confuse them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adobe_flow_policy.duplicates import find_resources_with_same_key
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, StackRule
from adobe_flow_policy.values import quote


def validate(resources: Sequence[DeclaredResource], config: Config) -> Iterator[tuple[DeclaredResource, str]]:
    """Report each resource with the name of another one of its collection and sandbox; `ignoreCase` ignores case."""

    def build_key(resource: DeclaredResource) -> tuple[object, ...] | None:
        name = resource.get_text("name")
        if name is None:
            return None
        words = " ".join(name.split())
        return (resource.collection, words.casefold() if config["ignoreCase"] else words)

    for first, other in find_resources_with_same_key(resources, build_key):
        message = (
            f"name: {quote(other.get_text('name') or '')} is also the name of {first.kind} {quote(first.name)} in the "
            f"sandbox {quote(other.sandbox)}. Rename one of them, or remove one from the program."
        )
        yield other, message


RULE = StackRule(
    name="duplicate-name",
    description="No two connections, and no two dataflows, of a sandbox have the same name.",
    collections=("connections", "sourceConnections", "targetConnections", "flows"),
    validate=validate,
    schema={
        "ignoreCase": {
            "type": "boolean",
            "default": True,
            "description": "Whether names that differ only in case count as the same.",
        }
    },
)
