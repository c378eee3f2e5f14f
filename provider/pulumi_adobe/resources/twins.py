"""Two resources of one program that would be the same connection: seen before anything is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pulumi

from pulumi_adobe.declaration import ResourceSchema

_DECLARED_RESOURCES: WeakKeyDictionary[pulumi.Resource, dict[tuple[str, ...], str]] = WeakKeyDictionary()
"""By the stack that runs: which resource declares which name, of which spec, with which provider."""


def refuse_duplicate(
    resource_schema: ResourceSchema, resource_name: str, arguments: Mapping[str, Any], opts: pulumi.ResourceOptions | None
) -> None:
    """Raise pulumi.RunError where another resource of this program declares the same name and spec.

    Names that are outputs are not known yet: the plugin finds those when it makes the second.
    """
    stack = pulumi.runtime.get_root_resource()
    name = arguments.get("name")
    if stack is None or not isinstance(name, str) or (opts is not None and opts.id is not None):
        return
    # Where another of the name would be a duplicate: of one connection spec, or on one base connection.
    scope_values = [arguments.get(name_in_scope) for name_in_scope in ("connectionSpec", "connection_spec", "base_connection_id")]
    spec = json.dumps(scope_values, sort_keys=True, default=repr)
    key = (resource_schema.collection, spec, name, _identify_provider(opts))
    other_resource = _DECLARED_RESOURCES.setdefault(stack, {}).setdefault(key, resource_name)
    if other_resource != resource_name:
        raise pulumi.RunError(
            f'{resource_schema.type_name} "{resource_name}": "{other_resource}" declares the name "{name}" already. Give each its own '
            "name, or declare one of them only."
        )


def _identify_provider(opts: pulumi.ResourceOptions | None) -> str:
    """Another provider may be another sandbox; one that comes from a parent component is not seen here."""
    providers = (opts.provider, opts.parent) if opts is not None else ()
    return "/".join(str(id(provider)) for provider in providers if provider is not None)
