"""Rule: no two connections of a stack read the same data, which would mean two tokens to rotate and duplicate data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.duplicates import find_resources_with_same_key
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, StackRule
from adobe_flow_policy.values import quote
from pulumi_adobe.schema.values import UNKNOWN


def validate(connections: Sequence[DeclaredResource], config: Config) -> Iterator[tuple[DeclaredResource, str]]:
    """Report each connection with the same values of the properties `by` as another one. Unknown values pass."""

    def build_key(connection: DeclaredResource) -> tuple[object, ...] | None:
        values = tuple(connection.properties.get(name) for name in config["by"])
        if connection.get_text("domain") is None or any(value is UNKNOWN for value in values):
            return None
        return tuple(value.casefold().rstrip("/") if isinstance(value, str) else repr(value) for value in values)

    for first, other in find_resources_with_same_key(connections, build_key):
        message = (
            f"{', '.join(config['by'])}: {first.kind} {quote(first.name)} in the sandbox {quote(other.sandbox)} has "
            "the same values. Use that connection, or list in `by` of the configuration of duplicate-workspace the "
            "properties in which the two differ."
        )
        yield other, message


RULE = StackRule(
    name="duplicate-workspace",
    description="No two connections of a sandbox read the same data of one workspace.",
    level=EnforcementLevel.ADVISORY,
    collections=("connections",),
    validate=validate,
    schema={
        "by": {
            "type": "array",
            "items": {"enum": ["domain", "database", "catalog", "clusterId"]},
            "minItems": 1,
            "default": ["domain", "database", "catalog"],
            "description": "The properties of which one must differ; domain alone allows one connection per workspace.",
        }
    },
)
