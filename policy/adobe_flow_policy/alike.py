"""Finds resources of one sandbox that are alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from adobe_flow_policy.seen import Seen


def alike(resources: Sequence[Seen], key: Callable[[Seen], tuple[Hashable, ...] | None]) -> Iterator[tuple[Seen, Seen]]:
    """Each resource whose key another one of its sandbox has, after the first of those; by URN, so that runs agree.

    A resource without a key, or in a sandbox or an organization that is not known, is like no other.
    """
    first: dict[Hashable, Seen] = {}
    for resource in sorted(resources, key=lambda each: each.urn):
        found = key(resource)
        if found is None or not isinstance(resource.sandbox, str) or not isinstance(resource.org, str):
            continue
        other = first.setdefault((resource.org, resource.sandbox, *found), resource)
        if other is not resource:
            yield other, resource
