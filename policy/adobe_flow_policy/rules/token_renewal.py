"""A token that ends soon is told in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen
from adobe_flow_policy.token_end import EXPIRES, end, has_token


def judge(connection: Seen, config: Config) -> Iterator[str]:
    """Days that are left; an end that has passed is the matter of token-lifetime."""
    at = end(connection)
    if at is None or not has_token(connection):
        return
    left = at - connection.at
    if timedelta(0) < left < timedelta(days=config["minDays"]):
        yield (
            f"{EXPIRES}: the token ends in {left.days} days and {left.seconds // 3600} hours. Make a new one, set it "
            "with its end, and run `pulumi up`; the old one may be revoked after that."
        )


RULE = ResourceRule(
    name="token-renewal",
    description="An access token is renewed before it ends.",
    level=EnforcementLevel.ADVISORY,
    on=("connections",),
    judge=judge,
    schema={
        "minDays": {
            "type": "number",
            "minimum": 0,
            "maximum": 3650,
            "default": 14,
            "description": "The fewest days that a token may have left without a word.",
        }
    },
)
