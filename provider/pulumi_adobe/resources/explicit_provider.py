"""The `FlowService` of a resource that `providers` names, its own or that of a component above it.

Pulumi looks for the provider of a resource under the name of its plugin, `pulumi-python`. Under any other key, also
under the obvious one, the resource would be created in the stack's own sandbox without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Final

import pulumi

from pulumi_adobe.resources.flow_service import PACKAGE, FlowService
from pulumi_adobe.resources.program_messages import build_arguments_error

_KEYS: Final = (PACKAGE, "adobe")


def apply_providers(type_name: str, resource_name: str, opts: pulumi.ResourceOptions) -> pulumi.ResourceOptions:
    """Return the options with the `FlowService` that `providers` has for this package, under the key of Pulumi.

    Raises:
        pulumi.RunError: `providers` has a `FlowService`, and it is not clear that it is meant for this resource.
    """
    if opts.provider is not None and opts.provider.package == PACKAGE:
        return opts
    for providers in _list_providers(opts):
        meant = list(dict.fromkeys(provider for key, provider in providers if key in _KEYS))
        others = [key for key, provider in providers if key not in _KEYS and isinstance(provider, FlowService)]
        if len(meant) > 1:
            problem = "providers has more than one FlowService for it: give the one that is meant, as provider=…"
            raise build_arguments_error(type_name, resource_name, [problem])
        if meant:
            applied = copy(opts)
            applied.providers = {**dict(_list_items(opts.providers)), PACKAGE: meant[0]}
            return applied
        if others:
            problem = f'providers has a FlowService under the key "{others[0]}": write {{"adobe": …}}, or a list'
            raise build_arguments_error(type_name, resource_name, [problem])
    return opts


def _list_providers(opts: pulumi.ResourceOptions) -> Iterator[list[tuple[str, pulumi.ProviderResource]]]:
    """Return the providers of the resource itself, then those that its parent has for its children."""
    yield list(_list_items(opts.providers))
    # `get_provider`, which is public, returns one of a known key.
    yield list(_list_items(opts.parent._providers if opts.parent is not None else None))  # noqa: SLF001 - see above


def _list_items(
    providers: Mapping[str, pulumi.ProviderResource] | Sequence[pulumi.ProviderResource] | None,
) -> Iterator[tuple[str, pulumi.ProviderResource]]:
    if isinstance(providers, Mapping):
        yield from providers.items()
    else:
        yield from ((provider.package, provider) for provider in providers or ())
