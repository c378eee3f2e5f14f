"""Duplicate declarations: two resources of one program that describe the same entity."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pulumi

from pulumi_adobe.resources.program_messages import build_run_error
from pulumi_adobe.schema.resource_schema import ResourceSchema

_DECLARED_RESOURCES: WeakKeyDictionary[pulumi.Resource, dict[tuple[str, ...], str]] = WeakKeyDictionary()
"""By running stack: which resource declares which name, in which scope, with which provider."""


def refuse_duplicate(
    resource_schema: ResourceSchema,
    resource_name: str,
    arguments: Mapping[str, Any],
    opts: pulumi.ResourceOptions | None,
) -> None:
    """Raise `pulumi.RunError` if another resource of this program declares the same entity.

    A name that is an output is not known yet; the plugin finds such a duplicate when it creates the second resource.
    """
    stack = pulumi.runtime.get_root_resource()
    name = arguments.get(resource_schema.identified_by)
    if stack is None or not isinstance(name, str) or (opts is not None and opts.id is not None):
        return
    # An entity of this name is a duplicate within one connection spec, or on one base connection.
    scope_values = [arguments.get(argument) for argument in ("connectionSpec", "connection_spec", "base_connection_id")]
    scope = json.dumps(scope_values, sort_keys=True, default=repr)
    key = (resource_schema.collection, scope, name, _identify_provider(opts))
    other_resource = _DECLARED_RESOURCES.setdefault(stack, {}).setdefault(key, resource_name)
    if other_resource != resource_name:
        identifier = resource_schema.identified_by
        raise build_run_error(
            f'{resource_schema.type_name} "{resource_name}": "{other_resource}" already declares the '
            f'{identifier} "{name}". Give each its own {identifier}, or declare only one of them.'
        )


def _identify_provider(opts: pulumi.ResourceOptions | None) -> str:
    """Return a key of the provider, which may mean another sandbox. That of a parent component is not seen here."""
    providers = (opts.provider, opts.parent) if opts is not None else ()
    return "/".join(str(id(provider)) for provider in providers if provider is not None)
