"""A pack of one rule: a new connection says what it is for."""

from __future__ import annotations

from pulumi_policy import (
    EnforcementLevel,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)


def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    is_snowflake = args.resource_type.endswith(":SnowflakeSourceConnection") or args.props.get("source") == "snowflake"
    if is_snowflake and not args.props.get("description"):
        report("description: is missing. Say what the connection is for.", None)


PolicyPack(
    "house-rules",
    [ResourceValidationPolicy("description", "A connection says what it is for.", validate, EnforcementLevel.ADVISORY)],
)
