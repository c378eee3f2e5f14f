"""The outputs that a preview shows of a resource that is created or updated: what only the update will know is unknown.

Nothing here sends a request.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_adobe.lifecycle.diff import ResourceDiff
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN, Properties


def preview_create(schema: ResourceSchema, inputs: Mapping[str, Any]) -> Properties:
    """Return the (flat) outputs of a resource that will be created."""
    computed = {field.name: UNKNOWN for field in schema.fields if field.computed}
    return {**dict.fromkeys(schema.outputs, UNKNOWN), **computed, **inputs}


def preview_update(
    schema: ResourceSchema,
    prior_outputs: Mapping[str, Any],
    inputs: Mapping[str, Any],
    resource_diff: ResourceDiff | None,
) -> Properties:
    """Return the (flat) outputs of a resource that will be updated.

    Args:
        schema: The resource schema.
        prior_outputs: The prior outputs.
        inputs: The inputs.
        resource_diff: What the update does; None if no diff was asked for.
    """
    computed_names = {field.name for field in schema.fields if field.computed}
    declared_names = {field.name for field in schema.fields} - computed_names
    lasting = {name: value for name, value in prior_outputs.items() if name not in declared_names}
    if resource_diff is not None and not resource_diff.patch_operations and not resource_diff.changed_secrets:
        return {**lasting, **inputs}
    changing = dict.fromkeys(schema.changing_outputs, UNKNOWN)
    computed = dict.fromkeys(lasting.keys() & computed_names, UNKNOWN)
    return {**lasting, **changing, **computed, **inputs}
