"""A resource as a rule sees it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from pulumi_policy import PolicyProviderResource, PolicyResource, ResourceValidationArgs

from adobe_flow_policy.kinds import collection_of, hidden, kind_of, visible
from adobe_flow_policy.values import plain, texts
from pulumi_adobe.config.settings import NAMESPACE
from pulumi_adobe.resource_names import parse_urn
from pulumi_adobe.schema.values import UNKNOWN


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One resource: what is declared of it, without secrets, and with `UNKNOWN` where only the update will know.

    ``properties`` are named as in the state, and the parameters of a connection stand among them. ``org`` and
    ``sandbox`` are the provider's: None where neither the program nor the environment says. ``at`` is the time of the
    run. ``sources`` are the URNs of the resources whose outputs a property takes, by the property; only a rule about
    the whole stack has them.
    """

    kind: str
    name: str
    urn: str
    properties: Mapping[str, Any]
    protect: bool = False
    org: Any = None
    sandbox: Any = None
    at: datetime = field(default_factory=_now)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def collection(self) -> str:
        """Flow Service's collection, as `connections` or `flows`; `provider`; empty where the resource is not ours."""
        return collection_of(self.kind)

    @property
    def stack(self) -> str:
        """The stack's name, which every URN carries."""
        return parse_urn(self.urn).stack

    def text(self, name: str) -> str | None:
        """A text that is known; None where it is absent, unknown or a secret."""
        value = self.properties.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> float | None:
        """A number that is known; None where it is absent or unknown."""
        value = self.properties.get(name)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def lacks(self, name: str) -> bool:
        """Whether it is absent, or empty; what is unknown is not."""
        return self.properties.get(name) in (None, "")


def seen(resource: ResourceValidationArgs | PolicyResource) -> Seen:
    """What the engine tells of a resource, as rules take it."""
    kind, properties = kind_of(resource.resource_type), plain(resource.props)
    provider = _provider_properties(resource.provider)
    return Seen(
        kind=kind,
        name=resource.name,
        urn=resource.urn,
        properties=visible(kind, properties),
        protect=bool(resource.opts.protect),
        org=_place(provider, "orgId", "ORG_ID"),
        sandbox=_place(provider, "sandbox", "SANDBOX"),
        sources=_sources(resource),
    )


def unseen(resource: ResourceValidationArgs | PolicyResource) -> Iterator[str]:
    """The texts that `seen` hides, those of the resource's provider too: no message may show one."""
    yield from texts(hidden(kind_of(resource.resource_type), plain(resource.props)))
    yield from texts(hidden("FlowService", _provider_properties(resource.provider) or {}))


def _provider_properties(provider: PolicyProviderResource | None) -> dict[str, Any] | None:
    found: dict[str, Any] | None = None if provider is None else plain(provider.props)
    return found


def _sources(resource: ResourceValidationArgs | PolicyResource) -> dict[str, tuple[str, ...]]:
    if not isinstance(resource, PolicyResource):
        return {}
    return {name: tuple(each.urn for each in used) for name, used in resource.property_dependencies.items()}


def _place(provider: Mapping[str, Any] | None, key: str, variable: str) -> Any:
    """Where the provider works: its own setting, else the stack's, else the environment's, as `pulumi_adobe` does."""
    if provider is None:
        return UNKNOWN
    if "flowService" in provider:
        return provider.get(key)
    return provider.get(f"{NAMESPACE}:{key}") or os.environ.get(f"{NAMESPACE.upper()}_{variable}") or None
