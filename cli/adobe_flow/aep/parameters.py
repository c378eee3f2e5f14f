"""The auth parameters of a connection, judged by the catalogue: which are secrets, and what the others are."""

from __future__ import annotations

from typing import Any

from adobe_flow.aep.entities import Entity, find_catalogue_spec, get_auth_spec_name
from pulumi_adobe.json_values import get_object


def read_parameters(entity: Entity) -> dict[str, Any]:
    """Return the parameters that the service shows and the required secrets; a secret's value is None.

    A parameter that the catalogue does not have counts as a secret, whatever the service shows of it.
    """
    spec = find_catalogue_spec(entity)
    catalogued = (
        {parameter.name: parameter for parameter in spec.auth_specs.get(get_auth_spec_name(entity), ())} if spec else {}
    )
    values = get_object(entity, "auth", "params")
    required = [parameter.name for parameter in catalogued.values() if parameter.secret and parameter.required]
    return {
        name: values.get(name) if name in catalogued and not catalogued[name].secret else None
        for name in dict.fromkeys((*values, *required))
    }
