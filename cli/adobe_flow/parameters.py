"""The auth parameters of a connection, judged by the catalogue: which are secrets, and what the others are."""

from __future__ import annotations

from typing import Any

from adobe_flow.entities import Entity, auth_spec_of, catalogued
from pulumi_adobe.json_values import get_object


def parameters(entity: Entity) -> dict[str, Any]:
    """Each parameter that the service shows and each secret that the catalogue knows; a secret's value is None.

    What the catalogue does not know is taken for a secret, whatever the service shows of it.
    """
    spec = catalogued(entity)
    known = {each.name: each for each in spec.auth_specs.get(auth_spec_of(entity), ())} if spec else {}
    seen = get_object(entity, "auth", "params")
    required = [each.name for each in known.values() if each.secret and each.required]
    return {
        name: seen.get(name) if name in known and not known[name].secret else None
        for name in dict.fromkeys((*seen, *required))
    }
