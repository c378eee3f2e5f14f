"""The credentials of a landing zone, and the Spark configuration that brings them to a Databricks cluster.

Adobe: the overview of the Databricks source, "Retrieve your credentials" and the Spark configuration of the cluster.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import pulumi

from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resources.base import AdobeResource


class LandingZoneCredentialsProvider(DynamicProvider):
    """The provider that every state with the credentials of a landing zone refers to by module and name."""

    resource_type: ClassVar[str] = "LandingZoneCredentials"


class LandingZoneCredentials(AdobeResource, module="adobe", name="LandingZoneCredentials"):
    """The credentials of the storage in which a Databricks cluster hands over its data.

    Each sandbox has one storage account for Databricks. Its SAS token is kept in the state, encrypted, together with
    its expiry. From the day of the stored expiry on, no preview, update or refresh asks Adobe for the credentials,
    because the question would renew the token and so stop every cluster that has the old one. A token is renewed only
    by ``rotate_before`` or by `adobe-flow landing-zone refresh`. Deleting the resource changes nothing at Adobe.
    """

    provider_class = LandingZoneCredentialsProvider

    kind: pulumi.Output[str]
    rotate_before: pulumi.Output[int | None]

    container: pulumi.Output[str]
    """The container of the storage account."""

    account: pulumi.Output[str]
    """The storage account."""

    sas_token: pulumi.Output[str]
    """The SAS token; a secret."""

    sas_uri: pulumi.Output[str]
    """The URI of the container with the token; a secret."""

    expiry_date: pulumi.Output[str]
    """The day on which the token ends, such as `2027-02-27`; it counts as ended from the beginning of that day, UTC."""

    spark_conf: pulumi.Output[Mapping[str, str]]
    """The entry for `databricks.Cluster(spark_conf=…)`; a secret. `merge_spark_conf` merges several."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        kind: Literal["dlz_databricks_source", "user_drop_zone"] = "dlz_databricks_source",
        rotate_before: pulumi.Input[int] | None = None,
    ) -> None:
        """Declare the credentials.

        Args:
            resource_name: The resource's name in Pulumi.
            opts: Pulumi's resource options.
            kind: Adobe's type of the landing zone: that of the Databricks source, or the sandbox's Data Landing Zone.
            rotate_before: The days before the expiry from which an update renews the token. Without it, no update does.

        Raises:
            pulumi.RunError: Known values are wrong, or the program declares the credentials of this landing zone twice.
        """
        super().__init__(resource_name, {"kind": kind, "rotate_before": rotate_before}, opts)


def merge_spark_conf(
    *parts: LandingZoneCredentials | pulumi.Input[Mapping[str, Any]],
) -> pulumi.Output[Mapping[str, Any]]:
    """Return one Spark configuration for a cluster that several sandboxes use.

    Args:
        parts: Landing zone credentials, or other entries of the configuration. Of two entries with one key, the later
            one counts.
    """
    entries = [part.spark_conf if isinstance(part, LandingZoneCredentials) else part for part in parts]
    return pulumi.Output.all(*entries).apply(
        lambda confs: {key: value for conf in confs for key, value in conf.items()}
    )
