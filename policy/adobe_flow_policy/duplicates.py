"""Resources of one sandbox that have the same key."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from adobe_flow_policy.resource import DeclaredResource


def find_resources_with_same_key(
    resources: Sequence[DeclaredResource], key: Callable[[DeclaredResource], tuple[Hashable, ...] | None]
) -> Iterator[tuple[DeclaredResource, DeclaredResource]]:
    """Yield each pair of a resource and a later one with the same key in the same sandbox.

    Resources without a key, or in an unknown sandbox or organization, are never duplicates. The order is that of the
    URNs, so that all runs agree.
    """
    first_resources: dict[Hashable, DeclaredResource] = {}
    for resource in sorted(resources, key=lambda resource: resource.urn):
        resource_key = key(resource)
        if resource_key is None or not isinstance(resource.sandbox, str) or not isinstance(resource.org, str):
            continue
        first = first_resources.setdefault((resource.org, resource.sandbox, *resource_key), resource)
        if first is not resource:
            yield first, resource
