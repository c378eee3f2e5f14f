"""Rule: a token that ends soon is reported in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.token_expiry import EXPIRES, has_declarable_token_expiry, parse_token_expiry


def validate(connection: DeclaredResource, config: Config) -> Iterator[str]:
    """Report a token that expires within the configured days. The rule token-lifetime reports a past expiry."""
    at = parse_token_expiry(connection)
    if at is None or not has_declarable_token_expiry(connection):
        return
    time_left = at - connection.at
    if timedelta(0) < time_left < timedelta(days=config["minDays"]):
        yield (
            f"{EXPIRES}: the token ends in {time_left.days} days and {time_left.seconds // 3600} hours. Create a "
            "new one, set it with its end, and run `pulumi up`. After that, the old one may be revoked."
        )


RULE = ResourceRule(
    name="token-renewal",
    description="An access token is renewed before it ends.",
    level=EnforcementLevel.ADVISORY,
    collections=("connections",),
    validate=validate,
    schema={
        "minDays": {
            "type": "number",
            "minimum": 0,
            "maximum": 3650,
            "default": 14,
            "description": "The fewest days that a token may have left without a violation.",
        }
    },
)
