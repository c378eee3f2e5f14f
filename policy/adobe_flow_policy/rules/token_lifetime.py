"""Rule: the end of a token is declared, lies in the future, and is not too far away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.token_expiry import EXPIRES, has_declarable_token_expiry, parse_token_expiry

_ROTATE = "Create a new token, set it with its end, and run `pulumi up`"


def validate(connection: DeclaredResource, config: Config) -> Iterator[str]:
    """Report an `accessTokenExpiresAt` that is missing, in the past or too far in the future."""
    if not has_declarable_token_expiry(connection):
        return
    if connection.lacks(EXPIRES):
        if config["required"]:
            yield f"{EXPIRES}: the end is missing, so nobody is warned before the token ends. Declare it in ISO 8601."
    elif (text := connection.get_text(EXPIRES)) is not None:
        at = parse_token_expiry(connection)
        longest_lifetime = timedelta(days=config["maxDays"])
        if at is None:
            yield f"{EXPIRES}: the value is not a time. Write it as in 2027-03-01T00:00Z."
        elif at <= connection.at:
            yield f"{EXPIRES}: the token ended at {text}. {_ROTATE}."
        elif at - connection.at > longest_lifetime:
            yield (
                f"{EXPIRES}: the token lives until {text}, longer than {config['maxDays']:g} days from now. "
                f"{_ROTATE}, or raise `maxDays` in the configuration of token-lifetime."
            )


RULE = ResourceRule(
    name="token-lifetime",
    description="An access token has a declared end, which is in the future and not too far away.",
    collections=("connections",),
    validate=validate,
    schema={
        "required": {
            "type": "boolean",
            "default": True,
            "description": "Whether a connection with an access token must declare the token's end.",
        },
        "maxDays": {
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": 3650,
            "default": 90,
            "description": "The most days that a token may still live, counted from the run.",
        },
    },
)
