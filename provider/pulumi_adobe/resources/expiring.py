"""The declared end of a connection's access token: checked, kept in the state alone, and warned of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.behaviour import LifecycleHooks
from pulumi_adobe.declaration import Field
from pulumi_adobe.expiry import expires_within, validate_expiry, describe_expiry, normalize_expiry

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.run import ProviderContext

TOKEN_EXPIRY: Final = Field(
    "accessTokenExpiresAt", argument="access_token_expires_at", validate=validate_expiry, normalize=normalize_expiry
)
"""Adobe is told nothing of it, and tells nobody: a token's end is known where the token is made."""


class DatabricksHooks(LifecycleHooks):
    """Says in a check, so in every preview and every update, that the token has ended or soon will."""

    def validate(self, context: ProviderContext, _prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Iterable[str]:
        """None: a token that ends is no reason to refuse what may be its rotation."""
        expiry, now = new_inputs.get(TOKEN_EXPIRY.name), context.service.service_time()
        if isinstance(expiry, str) and expires_within(expiry, now):
            resource_name = str(new_inputs.get("owner", "")).rpartition("/")[2]
            context.show_message(
                f"warning: {resource_name}: the access token {describe_expiry(expiry, now)}. Make a new one in Databricks, and set it "
                f"with its end ({TOKEN_EXPIRY.argument})."
            )
        return ()
