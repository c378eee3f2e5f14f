"""A cluster of the program that feeds a connection has the key of the sandbox's landing zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.kinds import CLUSTERS
from adobe_flow_policy.rule import Config, StackRule
from adobe_flow_policy.seen import Seen
from adobe_flow_policy.values import quoted
from pulumi_adobe.resource_types.landing_zone import DATABRICKS, SCHEMA, build_spark_key
from pulumi_adobe.schema.values import UNKNOWN

_ANY_KEY: Final = re.compile(r"fs\.azure\.sas\.[^.]+\.[^.]+\.blob\.core\.windows\.net")


def judge(resources: Sequence[Seen], _config: Config) -> Iterator[tuple[Seen, str]]:
    """The cluster from which `clusterId` of a connection comes, and the landing zones that the stack knows."""
    clusters = {each.urn: each for each in resources if each.collection == CLUSTERS}
    for connection in resources:
        if connection.collection != "connections":
            continue
        for urn in connection.sources.get("clusterId", ()):
            if urn in clusters and _lacks_key(clusters[urn], _key(connection, resources)):
                yield (
                    connection,
                    (
                        f"clusterId: the cluster {quoted(clusters[urn].name)} has no Spark configuration for the "
                        f"landing zone of the sandbox {quoted(str(connection.sandbox))}, so that every run fails. "
                        "Give it spark_conf=LandingZoneCredentials(…).spark_conf."
                    ),
                )


def _key(connection: Seen, resources: Sequence[Seen]) -> str | None:
    """The key of the connection's sandbox, as far as the stack has its credentials."""
    for each in resources:
        place = (each.collection, each.org, each.sandbox, each.text("kind"))
        if place == (SCHEMA.collection, connection.org, connection.sandbox, DATABRICKS):
            container, account = each.text("container"), each.text("account")
            return build_spark_key(container, account) if container and account else None
    return None


def _lacks_key(cluster: Seen, key: str | None) -> bool:
    conf: Any = cluster.properties.get("sparkConf")
    if conf is UNKNOWN:
        return False
    keys = conf if isinstance(conf, Mapping) else ()
    return key not in keys if key else not any(_ANY_KEY.fullmatch(str(each)) for each in keys)


RULE = StackRule(
    name="cluster-spark-key",
    description="A cluster of the program that feeds a connection has the key of the landing zone.",
    level=EnforcementLevel.ADVISORY,
    on=("connections", CLUSTERS, SCHEMA.collection),
    judge=judge,
)
