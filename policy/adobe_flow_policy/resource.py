"""A resource as rules receive it: with its declared properties, without secrets."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from pulumi_policy import PolicyProviderResource, PolicyResource, ResourceValidationArgs

from adobe_flow_policy.kinds import get_collection, list_hidden_values, mask_properties, parse_kind
from adobe_flow_policy.values import iterate_texts, to_plain
from pulumi_adobe.config.settings import NAMESPACE
from pulumi_adobe.plugin.state_format import read_inputs, read_settings
from pulumi_adobe.resource_names import parse_urn
from pulumi_adobe.schema.values import UNKNOWN


def _get_current_time() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True, kw_only=True)
class DeclaredResource:
    """One resource, without secrets; a value is `UNKNOWN` if only the update will know it.

    Attributes:
        kind: The name of the resource class, such as `Dataflow`.
        name: The logical name in the program.
        urn: The URN.
        properties: The properties by their names in the state, the parameters of a connection among them.
        protect: The resource option of this name.
        org: The organization of the provider, or None if neither the program nor the environment has it.
        sandbox: The sandbox of the provider, or None in the same case.
        at: The time of the run.
        dependency_urns: The URNs of the resources whose outputs a property takes, by property. Only for a `StackRule`.
    """

    kind: str
    name: str
    urn: str
    properties: Mapping[str, Any]
    protect: bool = False
    org: Any = None
    sandbox: Any = None
    at: datetime = field(default_factory=_get_current_time)
    dependency_urns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def collection(self) -> str:
        """The collection of Flow Service, such as `flows`; or `provider` or `clusters`; empty for other resources."""
        return get_collection(self.kind)

    @property
    def stack(self) -> str:
        """The name of the stack, from the URN."""
        return parse_urn(self.urn).stack

    def get_text(self, name: str) -> str | None:
        """Return a property that is a known text, or None if it is absent, unknown or secret."""
        value = self.properties.get(name)
        return value if isinstance(value, str) else None

    def get_number(self, name: str) -> float | None:
        """Return a property that is a known number, or None if it is absent or unknown."""
        value = self.properties.get(name)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def lacks(self, name: str) -> bool:
        """Return whether a property is absent or empty. An unknown value is neither."""
        return self.properties.get(name) in (None, "")


def read_resource(resource: ResourceValidationArgs | PolicyResource) -> DeclaredResource:
    """Convert a resource of the engine to the form for rules."""
    kind, properties = parse_kind(resource.resource_type), _read_properties(resource)
    provider = _read_provider_properties(resource.provider)
    return DeclaredResource(
        kind=kind,
        name=resource.name,
        urn=resource.urn,
        properties=mask_properties(kind, properties),
        protect=bool(resource.opts.protect),
        org=_find_place_setting(provider, "orgId", "ORG_ID"),
        sandbox=_find_place_setting(provider, "sandbox", "SANDBOX"),
        dependency_urns=_list_dependency_urns(resource),
    )


def list_hidden_texts(resource: ResourceValidationArgs | PolicyResource) -> Iterator[str]:
    """Yield the texts that `read_resource` hides, also those of the provider. No message may show them."""
    yield from iterate_texts(list_hidden_values(parse_kind(resource.resource_type), _read_properties(resource)))
    yield from iterate_texts(list_hidden_values("FlowService", _read_provider_properties(resource.provider) or {}))


def _read_properties(resource: ResourceValidationArgs | PolicyResource) -> dict[str, Any]:
    """Return the properties in the form that is the same for both adapters; those of a provider as they are.

    The native provider has only what the program gives. A rule sees defaults and what follows from the type, too.
    """
    return read_inputs(resource.urn, to_plain(resource.props))


def _read_provider_properties(provider: PolicyProviderResource | None) -> dict[str, Any] | None:
    """Return the settings, under the names of the config or of the arguments of a `FlowService`, for both adapters."""
    return None if provider is None else read_settings(provider.resource_type, to_plain(provider.props))


def _list_dependency_urns(resource: ResourceValidationArgs | PolicyResource) -> dict[str, tuple[str, ...]]:
    if not isinstance(resource, PolicyResource):
        return {}
    dependencies = resource.property_dependencies
    return {name: tuple(resource.urn for resource in resources) for name, resources in dependencies.items()}


def _find_place_setting(provider: Mapping[str, Any] | None, key: str, variable: str) -> Any:
    """Return a setting of the provider itself, else of the stack, else of the environment, as `pulumi_adobe` does."""
    if provider is None:
        return UNKNOWN
    if "flowService" in provider:
        return provider.get(key)
    return provider.get(f"{NAMESPACE}:{key}") or os.environ.get(f"{NAMESPACE.upper()}_{variable}") or None
