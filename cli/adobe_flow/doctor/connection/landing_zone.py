"""The checks of the landing zone of the connection's sandbox, and of its token in the Spark configuration.

Adobe: the overview of the Databricks source. Databricks: a value `{{secrets/<scope>/<key>}}` is a reference to a secret
("Use a secret in a Spark configuration property").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.finding import CheckSkipped
from adobe_flow.problem import Problem
from adobe_flow.safe_output import REDACTOR
from pulumi_adobe.expiry import describe_expiry
from pulumi_adobe.flow_service.platform_apis import LandingZone
from pulumi_adobe.resource_types.landing_zone import build_spark_key

_PREFIX: Final = "fs.azure.sas."
_REMEDY: Final = (
    "Give the cluster `spark_conf` of a LandingZoneCredentials of the stack, or set the key to the current SAS token "
    "of the landing zone. Then restart the cluster, and run again: adobe-flow run, or adobe-flow retry."
)


def check_landing_zone(context: DoctorContext) -> str:
    """Compare the SAS token with Adobe's. After its stored expiry send no request: it would renew the token."""
    context.get_connection_path().require_databricks()
    zone = context.get_landing_zone()
    now = context.get_service().service_time()
    return f"the SAS token of {zone.container} in {zone.account} {describe_expiry(zone.expiry_date, now)}"


def check_spark_key(context: DoctorContext) -> str:
    """Compare the token in the cluster's Spark configuration with the landing zone's. Never show a value of it."""
    path = context.get_connection_path()
    path.require_databricks()
    cluster = path.get_parameter("clusterId")
    spark_conf = _get_spark_conf(context)
    try:
        zone = context.get_landing_zone()
    except CheckSkipped:
        if not any(key.startswith(_PREFIX) for key in spark_conf):
            raise Problem(f"The cluster {cluster} has no key {_PREFIX}… of any landing zone.", _REMEDY) from None
        raise
    key = build_spark_key(zone.container, zone.account)
    if key not in spark_conf:
        others = ", ".join(sorted(other for other in spark_conf if other.startswith(_PREFIX)))
        addition = f" It has {others}, of another landing zone." if others else ""
        raise Problem(
            f"The cluster {cluster} lacks the key {key} in its Spark configuration: every run fails.{addition}", _REMEDY
        )
    value = str(spark_conf[key]).strip()
    if value.startswith("{{"):
        return f"{cluster} has the key {key}, as a reference to a secret, whose value Databricks does not show"
    if value != zone.sas_token:
        raise Problem(
            f"The cluster {cluster} has {_describe_wrong_spark_value(value, zone)} for {key}: every run fails.", _REMEDY
        )
    return f"{cluster} has the current token for {key}; if it was set while the cluster ran, restart the cluster"


def _get_spark_conf(context: DoctorContext) -> Mapping[str, Any]:
    member = context.get_cluster().get("spark_conf")
    spark_conf = member if isinstance(member, Mapping) else {}
    for value in spark_conf.values():
        if isinstance(value, str) and "sig=" in value:
            REDACTOR.add_secret(value)
    return spark_conf


def _describe_wrong_spark_value(value: str, zone: LandingZone) -> str:
    if zone.sas_token in value:
        return "something around the token (the SAS URI, a question mark or quotes)"
    return "another token than the current one, which was renewed"
