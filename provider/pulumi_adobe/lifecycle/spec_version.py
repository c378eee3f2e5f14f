"""The version of a connection spec, which Flow Service moves on its own, as from 1.0 to 1.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pulumi_adobe.schema.resource_schema import SPEC_VERSION_DECLARED
from pulumi_adobe.schema.values import Properties

_CONNECTION_SPEC: Final = "connectionSpec"


def keep_spec_version(prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
    """Return the inputs with the version that the entity has, unless the program declares a version.

    A create needs a version, so the provider fills one in; that it is another one later is no change of the program.
    """
    prior_spec, new_spec = prior_outputs.get(_CONNECTION_SPEC), new_inputs.get(_CONNECTION_SPEC)
    is_same_spec = (
        isinstance(prior_spec, Mapping) and isinstance(new_spec, Mapping) and prior_spec.get("id") == new_spec.get("id")
    )
    if not is_same_spec or new_inputs.get(SPEC_VERSION_DECLARED) is True:
        return dict(new_inputs)
    return {**new_inputs, _CONNECTION_SPEC: prior_spec}
