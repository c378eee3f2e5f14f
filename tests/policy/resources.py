"""Resources as rules see them, each of which every rule takes as it is."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from hypothesis import HealthCheck, settings

from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import ResourceRule, StackRule
from adobe_flow_policy.values import HIDDEN
from tests.property_examples import scale_examples

UNHURRIED = settings(deadline=None, max_examples=scale_examples(60), suppress_health_check=[HealthCheck.too_slow])
"""For properties that are tried on machines with other work."""
NOW = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
ORG = "0123456789ABCDEF01234567@AdobeOrg"
CONNECTION = {
    "name": "Orders of the shop",
    "description": "Orders. Owner: data-platform@acme.example",
    "domain": "https://adb-1234567890123456.7.azuredatabricks.net",
    "clusterId": "0612-200003-abc123",
    "accessToken": HIDDEN,
    "accessTokenExpiresAt": "2027-01-31T00:00:00Z",
    "database": "acme-db",
}
DATAFLOW = {
    "name": "Orders, daily",
    "description": "Orders. Owner: data-platform@acme.example",
    "frequency": "day",
    "interval": 1.0,
}


def connection(
    name: str = "lake", /, *, stack: str = "dev", without: tuple[str, ...] = (), **properties: Any
) -> DeclaredResource:
    """A connection to Databricks; what stands for `DeclaredResource`'s own fields begins with an underscore."""
    return _build_resource("DatabricksSourceConnection", name, stack, {**CONNECTION, **properties}, without)


def dataflow(
    name: str = "flow", /, *, stack: str = "dev", without: tuple[str, ...] = (), **properties: Any
) -> DeclaredResource:
    """A dataflow that runs every day."""
    return _build_resource("Dataflow", name, stack, {**DATAFLOW, **properties}, without)


def provider(**properties: Any) -> DeclaredResource:
    """The stack's own provider, or a `FlowService`."""
    return _build_resource("FlowService", "default", "dev", properties, ())


def validate(rule: ResourceRule, resource: DeclaredResource, **config: Any) -> list[str]:
    """Return the messages of the rule with this configuration on top of the defaults."""
    return list(rule.validate(resource, rule.merge_config(config)))


def validate_together(rule: StackRule, *resources: DeclaredResource, **config: Any) -> list[tuple[str, str]]:
    """Return the name of the resource and the message of each violation."""
    return [(resource.name, text) for resource, text in rule.validate(resources, rule.merge_config(config))]


def _build_resource(
    kind: str, name: str, stack: str, properties: dict[str, Any], without: tuple[str, ...]
) -> DeclaredResource:
    own = {key.removeprefix("_"): value for key, value in properties.items() if key.startswith("_")}
    declared = {key: value for key, value in properties.items() if not key.startswith("_") and key not in without}
    urn = f"urn:pulumi:{stack}::shop::pulumi-python:dynamic/adobe:{kind}::{name}"
    return DeclaredResource(
        **{"kind": kind, "name": name, "urn": urn, "org": ORG, "sandbox": stack, "at": NOW, **own}, properties=declared
    )
