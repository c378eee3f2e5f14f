"""A connection spec that the catalogue gave to another source by mistake: resources that have it keep it.

Adobe does not allow to change the connection spec (code 1414), so a corrected id would replace what works.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pulumi_adobe.json_values import get_member
from pulumi_adobe.schema.values import Properties
from pulumi_adobe.sources import connection_spec, find_spec_by_id

_CONNECTION_SPEC: Final = "connectionSpec"


def keep_former_spec(prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
    """Return the inputs with the connection spec of the state, if the catalogue has corrected the source's id since."""
    if not _find_right_source(prior_outputs, new_inputs):
        return dict(new_inputs)
    return {**new_inputs, _CONNECTION_SPEC: prior_outputs[_CONNECTION_SPEC]}


def describe_former_spec(prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> str:
    """Return what a user has to know of a connection spec that is kept; empty if none is."""
    right_source = _find_right_source(prior_outputs, new_inputs)
    if not right_source:
        return ""
    prior_id, new_id = (get_member(properties, _CONNECTION_SPEC, "id") for properties in (prior_outputs, new_inputs))
    declared = find_spec_by_id(str(new_id))
    return (
        f"it was created with the connection spec {prior_id}, which is that of {connection_spec(right_source).title}: "
        f"the catalogue had it for {declared.title if declared else new_id} by mistake. It stays as it is, and is not "
        f'replaced. Declare source="{right_source}". If you want the other source, declare one more resource for it'
    )


def _find_right_source(prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> str:
    """Return the source whose connection spec the state has, if the program declares the source that had it before."""
    prior_id, new_id = (get_member(properties, _CONNECTION_SPEC, "id") for properties in (prior_outputs, new_inputs))
    spec = find_spec_by_id(new_id) if isinstance(new_id, str) and new_id != prior_id else None
    return spec.former_ids.get(prior_id, "") if spec is not None and isinstance(prior_id, str) else ""
