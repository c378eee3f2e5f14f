"""The resource schema of a landing zone's credentials: the storage through which a source hands over its data.

Adobe: the Databricks source's overview (credentials, refresh, expiry, and the Spark configuration of the cluster).
"""

from __future__ import annotations

from typing import Final

from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema

DATABRICKS: Final = "dlz_databricks_source"
KINDS: Final = (DATABRICKS, "user_drop_zone")
"""Adobe's types of landing zones: the one of the Databricks source, and the Data Landing Zone of the sandbox."""

TOKEN_DAYS: Final = 90
"""The days for which a new token is valid. Adobe's overview gives no number; its community tutorial gives this one."""

_MAX_ROTATE_BEFORE: Final = 60


def _validate_kind(value: str) -> str | None:
    return None if value in KINDS else f"must be {' or '.join(KINDS)}"


def _validate_rotate_before(value: int) -> str | None:
    if isinstance(value, bool) or not 1 <= value <= _MAX_ROTATE_BEFORE:
        return (
            f"must be a whole number of days from 1 to {_MAX_ROTATE_BEFORE}: a token is valid for {TOKEN_DAYS} days, "
            "and each renewal stops the clusters that have the old one"
        )
    return None


SCHEMA: Final = ResourceSchema(
    "LandingZoneCredentials",
    "landingZoneCredentials",
    (
        Field(
            "kind",
            argument="kind",
            required=True,
            replace_on_changes=True,
            validate=_validate_kind,
            default=lambda _: DATABRICKS,
        ),
        Field("rotateBefore", argument="rotate_before", type=int, validate=_validate_rotate_before),
    ),
    atomic_pointers=(),
    has_connection_test=False,
    outputs=("container", "account", "sasToken", "sasUri", "expiryDate", "sparkConf", "sandboxName", "orgId"),
    changing_outputs=("sasToken", "sasUri", "expiryDate", "sparkConf"),
    secret_outputs=("sasToken", "sasUri", "sparkConf"),
    identified_by="kind",
)


def build_spark_key(container: str, account: str) -> str:
    """Return the key of a cluster's Spark configuration whose value is the token of this landing zone."""
    return f"fs.azure.sas.{container}.{account}.blob.core.windows.net"
