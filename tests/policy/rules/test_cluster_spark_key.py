"""cluster-spark-key."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rules.cluster_spark_key import RULE
from adobe_flow_policy.values import HIDDEN
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import ORG, connection, validate_together

CLUSTER = "urn:pulumi:dev::shop::databricks:index/cluster:Cluster::ingestion"
KEY = "fs.azure.sas.dlz-databricks-container.sndbxdev.blob.core.windows.net"
OTHER_KEY = KEY.replace("sndbxdev", "sndbxprod")
LAKE = connection(_dependency_urns={"clusterId": (CLUSTER,)})


def cluster(conf: Any) -> DeclaredResource:
    return DeclaredResource(kind="DatabricksCluster", name="ingestion", urn=CLUSTER, properties={"sparkConf": conf})


def credentials(sandbox: str, **properties: Any) -> DeclaredResource:
    usual_properties = {
        "kind": "dlz_databricks_source",
        "container": "dlz-databricks-container",
        "account": f"sndbx{sandbox}",
    }
    return DeclaredResource(
        kind="LandingZoneCredentials",
        name=f"zone-{sandbox}",
        urn=f"urn:pulumi:dev::shop::pulumi-python:dynamic/adobe:LandingZoneCredentials::zone-{sandbox}",
        properties={**usual_properties, **properties},
        org=ORG,
        sandbox=sandbox,
    )


@pytest.mark.parametrize("conf", [None, {}, {"spark.speculation": HIDDEN}, {OTHER_KEY: HIDDEN}])
def test_cluster_without_the_spark_key_of_the_sandbox_is_a_violation(conf: Any) -> None:
    ((name, message),) = validate_together(RULE, LAKE, cluster(conf), credentials("dev"), credentials("prod"))

    assert name == "lake"
    assert message.startswith('clusterId: the cluster "ingestion"')
    assert "LandingZoneCredentials" in message


def test_without_credentials_in_the_stack_the_key_of_any_landing_zone_passes() -> None:
    assert validate_together(RULE, LAKE, cluster({OTHER_KEY: HIDDEN})) == []
    assert len(validate_together(RULE, LAKE, cluster({"spark.speculation": HIDDEN}))) == 1


@pytest.mark.parametrize("conf", [UNKNOWN, {KEY: HIDDEN}, {OTHER_KEY: HIDDEN, KEY: HIDDEN}])
def test_cluster_with_the_key_or_an_unknown_key_passes(conf: Any) -> None:
    assert validate_together(RULE, LAKE, cluster(conf), credentials("dev")) == []


def test_storage_account_that_is_unknown_in_a_preview_is_not_required() -> None:
    unknown = credentials("dev", account=UNKNOWN)

    assert validate_together(RULE, LAKE, cluster({OTHER_KEY: HIDDEN}), unknown) == []


def test_connection_to_a_cluster_outside_the_program_passes() -> None:
    assert validate_together(RULE, connection(), cluster({})) == []
