"""Rule: a connection names its cluster by the id of Databricks."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import build_expression_schema, compile_expression
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule


def validate(connection: DeclaredResource, config: Config) -> Iterator[str]:
    """Report a connection whose `clusterId` does not match the pattern."""
    cluster = connection.get_text("clusterId")
    if cluster is not None and not compile_expression(config["pattern"]).fullmatch(cluster):
        yield (
            f"clusterId: the id does not match `{config['pattern']}`. Copy the id, not the name, from the URL of the "
            "cluster's page in the workspace."
        )


RULE = ResourceRule(
    name="cluster-id",
    description="A cluster is named by its id, such as 0612-200003-abc123.",
    collections=("connections",),
    validate=validate,
    schema={
        "pattern": build_expression_schema(
            "The regular expression that the whole id must match.", r"\d{4}-\d{6}-[a-z0-9]+"
        )
    },
)
