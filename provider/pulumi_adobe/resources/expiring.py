"""The declared end of a connection's access token: checked, kept in the state alone, and warned of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.behaviour import Behaviour
from pulumi_adobe.declaration import Field
from pulumi_adobe.expiry import ends_within, expiry_problem, how_soon, spelt

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.run import Run

EXPIRES: Final = Field(
    "accessTokenExpiresAt", argument="access_token_expires_at", problem=expiry_problem, normalize=spelt
)
"""Adobe is told nothing of it, and tells nobody: a token's end is known where the token is made."""


class ExpiringToken(Behaviour):
    """Says in a check, so in every preview and every update, that the token has ended or soon will."""

    def problems(self, run: Run, _olds: Mapping[str, Any], news: Mapping[str, Any]) -> Iterable[str]:
        """None: a token that ends is no reason to refuse what may be its rotation."""
        end, now = news.get(EXPIRES.name), run.service.time()
        if isinstance(end, str) and ends_within(end, now):
            program = str(news.get("owner", "")).rpartition("/")[2]
            run.say(
                f"warning: {program}: the access token {how_soon(end, now)}. Make a new one in Databricks, and set it "
                f"with its end ({EXPIRES.argument})."
            )
        return ()
