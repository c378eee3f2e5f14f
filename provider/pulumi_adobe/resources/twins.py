"""Two resources of one program that would be the same connection: seen before anything is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pulumi

from pulumi_adobe.declaration import Declaration

_DECLARED: WeakKeyDictionary[pulumi.Resource, dict[tuple[str, ...], str]] = WeakKeyDictionary()
"""By the stack that runs: which resource declares which name, of which spec, with which provider."""


def refuse_a_second(
    declaration: Declaration, resource_name: str, given: Mapping[str, Any], opts: pulumi.ResourceOptions | None
) -> None:
    """Raise pulumi.RunError where another resource of this program declares the same name and spec.

    Names that are outputs are not known yet: the plugin finds those when it makes the second.
    """
    stack = pulumi.runtime.get_root_resource()
    name = given.get("name")
    if stack is None or not isinstance(name, str) or (opts is not None and opts.id is not None):
        return
    # Where another of the name would be a duplicate: of one connection spec, or on one base connection.
    places = [given.get(each) for each in ("connectionSpec", "connection_spec", "base_connection_id")]
    spec = json.dumps(places, sort_keys=True, default=repr)
    key = (declaration.collection, spec, name, _provider(opts))
    other = _DECLARED.setdefault(stack, {}).setdefault(key, resource_name)
    if other != resource_name:
        raise pulumi.RunError(
            f'{declaration.kind} "{resource_name}": "{other}" declares the name "{name}" already. Give each its own '
            "name, or declare one of them only."
        )


def _provider(opts: pulumi.ResourceOptions | None) -> str:
    """Another provider may be another sandbox; one that comes from a parent component is not seen here."""
    given = (opts.provider, opts.parent) if opts is not None else ()
    return "/".join(str(id(each)) for each in given if each is not None)
