"""The secrets of a resource that was imported into the state alone: declared, but never sent by this stack.

Flow Service masks secrets, so nobody knows whether the declared secret is the right one before it was sent and tested.
An import may leave a secret out of the state: then the one that is declared is no change either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pulumi_adobe.lifecycle.diff import (
    PARAMETERS_PATH,
    PARAMETERS_POINTER,
    ResourceDiff,
    add_server_parameters,
    diff_properties,
)
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED, ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN, Properties


def diff_with_secrets(
    resource_schema: ResourceSchema, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any], *, send: bool
) -> ResourceDiff:
    """Return the diff, which names unconfirmed secrets or, if ``send`` is true, sends them.

    A resource that was not imported into the state has no unconfirmed secrets.
    """
    if prior_outputs.get(SECRET_CONFIRMED) is not False:
        return diff_properties(resource_schema, prior_outputs, new_inputs)
    secrets = dict(resource_schema.secret_values(new_inputs))
    secret_names = tuple(secrets)
    # A secret that the state lacks counts as the declared one.
    resource_diff = diff_properties(resource_schema, {**secrets, **prior_outputs}, new_inputs)
    if not secrets or resource_diff.replaces:
        return resource_diff
    if resource_diff.changes_auth_parameters:
        # The secrets are sent for the first time. After a refused etag that counts as a change of them.
        return replace(resource_diff, changed_secrets=secret_names)
    if not send or any(new_inputs[name] is UNKNOWN for name in secret_names):
        return replace(resource_diff, changed_secrets=(), unconfirmed_secrets=secret_names)
    parameters = resource_schema.to_body(new_inputs)[PARAMETERS_PATH[0]][PARAMETERS_PATH[1]]
    patch_operation = add_server_parameters(
        {"op": "replace", "path": PARAMETERS_POINTER, "value": parameters}, prior_outputs
    )
    return replace(
        resource_diff,
        patch_operations=(*resource_diff.patch_operations, patch_operation),
        changed_secrets=secret_names,
    )


def mark_confirmed(outputs: Mapping[str, Any], resource_diff: ResourceDiff) -> Properties:
    """Return the outputs to keep after an update that sent ``resource_diff``."""
    is_confirmed_now = SECRET_CONFIRMED in outputs and resource_diff.changes_auth_parameters
    return {**outputs, SECRET_CONFIRMED: True} if is_confirmed_now else dict(outputs)


def keep_confirmation(prior_outputs: Mapping[str, Any]) -> Properties:
    """Return what the prior outputs say about the confirmation, which no response of the service contains."""
    return {SECRET_CONFIRMED: prior_outputs[SECRET_CONFIRMED]} if SECRET_CONFIRMED in prior_outputs else {}
