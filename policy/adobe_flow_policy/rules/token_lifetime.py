"""A token's end is declared, has not come, and is not too far away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen
from adobe_flow_policy.token_end import EXPIRES, end, has_token

_ROTATE = "Make a new token, set it with its end, and run `pulumi up`"


def judge(connection: Seen, config: Config) -> Iterator[str]:
    """`accessTokenExpiresAt` against the time of the run; what a token itself says is not read."""
    if not has_token(connection):
        return
    if connection.lacks(EXPIRES):
        if config["required"]:
            yield f"{EXPIRES}: is missing, so nobody is told before the token ends. Give the token's end (ISO 8601)."
    elif (text := connection.text(EXPIRES)) is not None:
        at = end(connection)
        most = timedelta(days=config["maxDays"])
        if at is None:
            yield f"{EXPIRES}: is no time. Give it as in 2027-03-01T00:00Z."
        elif at <= connection.at:
            yield f"{EXPIRES}: the token ended at {text}. {_ROTATE}."
        elif at - connection.at > most:
            yield (
                f"{EXPIRES}: the token lives until {text}, longer than {config['maxDays']:g} days from now. "
                f"{_ROTATE}, or raise `maxDays` in the configuration of token-lifetime."
            )


RULE = ResourceRule(
    name="token-lifetime",
    description="The end of an access token is declared, lies ahead, and is near enough.",
    on=("connections",),
    judge=judge,
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
            "description": "The most days, from the run on, that a token may have left.",
        },
    },
)
