"""A cluster is named by an id that Databricks gives."""

from __future__ import annotations

from collections.abc import Iterator

from adobe_flow_policy.patterns import expression, regular_expression
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen


def judge(connection: Seen, config: Config) -> Iterator[str]:
    """The whole of `clusterId`."""
    cluster = connection.text("clusterId")
    if cluster is not None and not expression(config["pattern"]).fullmatch(cluster):
        yield (
            f"clusterId: is not like `{config['pattern']}`. Copy the id from the URL of the cluster's page in the "
            "workspace; its name is no id."
        )


RULE = ResourceRule(
    name="cluster-id",
    description="A cluster is named by its id, such as 0612-200003-abc123.",
    on=("connections",),
    judge=judge,
    schema={"pattern": regular_expression("What the whole id looks like.", r"\d{4}-\d{6}-[a-z0-9]+")},
)
