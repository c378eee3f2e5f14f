"""The secrets of a connection that was adopted by the state alone: declared, but never sent by this stack.

Flow Service masks secrets, so whether the declared one is the right one is not known before it was sent and tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pulumi_adobe.declaration import SECRET_CONFIRMED, UNKNOWN, ResourceSchema, Properties
from pulumi_adobe.lifecycle.difference import PARAMETERS_PATH, PARAMETERS_POINTER, ResourceDiff, add_server_parameters, diff_properties


def diff_with_secrets(
    resource_schema: ResourceSchema, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any], *, send: bool
) -> ResourceDiff:
    """The difference; where the secrets were never sent, it says so or, if asked to ``send`` them, sends them.

    What was not adopted by the state has nothing unconfirmed, and its difference is the plain one.
    """
    resource_diff = diff_properties(resource_schema, prior_outputs, new_inputs)
    secret_names = tuple(name for name, _ in resource_schema.secret_values(new_inputs))
    if prior_outputs.get(SECRET_CONFIRMED) is not False or not secret_names or resource_diff.replaces:
        return resource_diff
    if resource_diff.changes_auth_parameters:
        # They go along for the first time, which after a refused etag is as much as a change of them.
        return replace(resource_diff, changed_secrets=secret_names)
    if not send or any(new_inputs[name] is UNKNOWN for name in secret_names):
        return replace(resource_diff, unconfirmed_secrets=secret_names)
    value = resource_schema.to_body(new_inputs)[PARAMETERS_PATH[0]][PARAMETERS_PATH[1]]
    patch_operation = add_server_parameters({"op": "replace", "path": PARAMETERS_POINTER, "value": value}, prior_outputs)
    return replace(resource_diff, patch_operations=(*resource_diff.patch_operations, patch_operation), changed_secrets=secret_names)


def mark_confirmed(outputs: Mapping[str, Any], resource_diff: ResourceDiff) -> Properties:
    """The outputs that an update keeps, once it has sent this."""
    is_confirmed_now = SECRET_CONFIRMED in outputs and resource_diff.changes_auth_parameters
    return {**outputs, SECRET_CONFIRMED: True} if is_confirmed_now else dict(outputs)


def keep_confirmation(prior_outputs: Mapping[str, Any]) -> Properties:
    """What the old outputs say of it, which no answer of the service does."""
    return {SECRET_CONFIRMED: prior_outputs[SECRET_CONFIRMED]} if SECRET_CONFIRMED in prior_outputs else {}
