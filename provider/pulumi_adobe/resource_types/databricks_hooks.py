"""The life-cycle hooks of a base connection to Databricks: a warning before the access token expires."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_adobe.expiry import describe_expiry, expires_within
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.resource_names import get_resource_name
from pulumi_adobe.resource_types.connection_hooks import ConnectionHooks
from pulumi_adobe.resource_types.databricks import TOKEN_EXPIRY


class DatabricksHooks(ConnectionHooks):
    """Warn in every check, so in every preview and every update, when the token has expired or soon will."""

    def validate(
        self, context: ProviderContext, _prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return no problems: this update may be the one that rotates the token."""
        expiry = new_inputs.get(TOKEN_EXPIRY.name)
        if not isinstance(expiry, str):
            return ()
        now = context.service_time()
        if expires_within(expiry, now):
            resource_name = get_resource_name(new_inputs.get("owner", ""))
            context.show_message(
                f"warning: {resource_name}: the access token {describe_expiry(expiry, now)}. Create a new token in "
                f"Databricks, and set it together with its expiry ({context.get_label(TOKEN_EXPIRY)})."
            )
        return ()
