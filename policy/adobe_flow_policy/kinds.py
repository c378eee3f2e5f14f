"""The kinds of resources that rules receive, and their visible properties: the declared ones that are not secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import pulumi_adobe
from adobe_flow_policy.values import HIDDEN
from pulumi_adobe.config.explicit import FLOW_SERVICE_INPUT
from pulumi_adobe.config.settings import SETTINGS_TABLE
from pulumi_adobe.plugin.state_format import NATIVE_NOTES, PROVIDER_TYPES, find_class_name
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.base import AdobeResource
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED, ResourceSchema

PROVIDER: Final = "provider"
"""The pseudo-collection of providers, which have the organization and the sandbox of resources."""

CLUSTERS: Final = "clusters"
"""The pseudo-collection of Databricks clusters. Rules see only the keys of their Spark configuration."""

_CLUSTER: Final = "DatabricksCluster"
_CLUSTER_TYPE: Final = re.compile(r"(?:.*/)?databricks(?:[:/].*)?:Cluster")
"""`databricks:index/cluster:Cluster`, or a dynamic resource of that name."""

_PARAMS: Final = "params."
_BY_KIND: Final[dict[str, ResourceSchema]] = {
    name: get_resource_type(kind.provider_class.resource_type).schema
    # By `__all__`, because the package imports its names lazily, and `vars` does not have them yet.
    for name, kind in ((name, getattr(pulumi_adobe, name)) for name in pulumi_adobe.__all__)
    if isinstance(kind, type) and issubclass(kind, AdobeResource)
}
_SETTINGS: Final = {
    name for setting in SETTINGS_TABLE if not setting.secret for name in (setting.key, setting.config_key)
} | {FLOW_SERVICE_INPUT, *NATIVE_NOTES}


def parse_kind(resource_type: str) -> str:
    """Return the kind, such as `Dataflow`, or `FlowService` for a provider, or an empty text for other resources.

    A resource has the same kind in both adapters, the dynamic and the native one.
    """
    if resource_type in PROVIDER_TYPES:
        return "FlowService"
    if _CLUSTER_TYPE.fullmatch(resource_type):
        return _CLUSTER
    return find_class_name(resource_type) or ""


def get_collection(kind: str) -> str:
    """Return the collection of a kind, such as `connections` or `provider`, or an empty text for other resources."""
    if kind == "FlowService":
        return PROVIDER
    if kind == _CLUSTER:
        return CLUSTERS
    return _BY_KIND[kind].collection if kind in _BY_KIND else ""


def mask_properties(kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Replace the properties that are secret or not declared by `HIDDEN`, and move parameters up among the properties.

    The resource schemas of `pulumi_adobe` say what is declared, and what is secret.
    """
    if kind == "FlowService":
        return {name: value if name in _SETTINGS else HIDDEN for name, value in properties.items()}
    if kind == _CLUSTER:
        return {"sparkConf": _mask_spark_conf(properties)}
    if kind not in _BY_KIND:
        return {}
    schema = _BY_KIND[kind]
    flat = schema.flatten(dict(properties))
    declared = schema.for_properties(flat)
    visible_names = {
        *(name for name in declared.outputs if name not in declared.secret_outputs),
        SECRET_CONFIRMED,
        *declared.local_inputs,
        *(field.name for field in declared.fields if not field.secret),
    }
    return {name.removeprefix(_PARAMS): value if name in visible_names else HIDDEN for name, value in flat.items()}


def _mask_spark_conf(properties: Mapping[str, Any]) -> Any:
    """Return the Spark configuration with all values hidden, or `UNKNOWN`."""
    conf = properties.get("sparkConf", properties.get("spark_conf"))
    return dict.fromkeys(conf, HIDDEN) if isinstance(conf, Mapping) else conf


def list_hidden_values(kind: str, properties: Mapping[str, Any]) -> list[Any]:
    """Return the values that `mask_properties` hides."""
    masked_properties = mask_properties(kind, properties)
    if kind == _CLUSTER:
        return [properties.get("sparkConf", properties.get("spark_conf"))]
    members = properties.get("params")
    flat = {**(members if isinstance(members, Mapping) else {}), **properties}
    return [value for name, value in flat.items() if masked_properties.get(name) is HIDDEN]
