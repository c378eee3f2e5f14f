"""Rule: a cluster of the program that a connection uses has the key of the sandbox's landing zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.kinds import CLUSTERS
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, StackRule
from adobe_flow_policy.values import quote
from pulumi_adobe.resource_types.landing_zone import DATABRICKS, SCHEMA, build_spark_key
from pulumi_adobe.schema.values import UNKNOWN

_ANY_KEY: Final = re.compile(r"fs\.azure\.sas\.[^.]+\.[^.]+\.blob\.core\.windows\.net")


def validate(resources: Sequence[DeclaredResource], _config: Config) -> Iterator[tuple[DeclaredResource, str]]:
    """Report a connection whose cluster lacks the Spark key of a landing zone of the stack."""
    clusters = {resource.urn: resource for resource in resources if resource.collection == CLUSTERS}
    for connection in resources:
        if connection.collection != "connections":
            continue
        for urn in connection.dependency_urns.get("clusterId", ()):
            if urn in clusters and _lacks_key(clusters[urn], _find_key(connection, resources)):
                yield (
                    connection,
                    (
                        f"clusterId: the cluster {quote(clusters[urn].name)} has no Spark configuration for the "
                        f"landing zone of the sandbox {quote(str(connection.sandbox))}, so that every run fails. "
                        "Declare the cluster with spark_conf=LandingZoneCredentials(…).spark_conf."
                    ),
                )


def _find_key(connection: DeclaredResource, resources: Sequence[DeclaredResource]) -> str | None:
    """Return the key for the sandbox of the connection, or None if the stack does not have its credentials."""
    for resource in resources:
        place = (resource.collection, resource.org, resource.sandbox, resource.get_text("kind"))
        if place == (SCHEMA.collection, connection.org, connection.sandbox, DATABRICKS):
            container, account = resource.get_text("container"), resource.get_text("account")
            return build_spark_key(container, account) if container and account else None
    return None


def _lacks_key(cluster: DeclaredResource, key: str | None) -> bool:
    conf: Any = cluster.properties.get("sparkConf")
    if conf is UNKNOWN:
        return False
    keys = conf if isinstance(conf, Mapping) else ()
    return key not in keys if key else not any(_ANY_KEY.fullmatch(str(name)) for name in keys)


RULE = StackRule(
    name="cluster-spark-key",
    description="A cluster that the program declares and a connection uses has the landing zone's key.",
    level=EnforcementLevel.ADVISORY,
    collections=("connections", CLUSTERS, SCHEMA.collection),
    validate=validate,
)
