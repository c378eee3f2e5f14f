"""Which resources are ours, and which of their properties a rule may see: those that are declared, and no secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import pulumi_adobe
from adobe_flow_policy.values import HIDDEN
from pulumi_adobe.config.explicit import FLOW_SERVICE_INPUT
from pulumi_adobe.config.settings import NAMESPACE, SETTINGS_TABLE
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.base import AdobeResource
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED, ResourceSchema

PROVIDER: Final = "provider"
"""In the place of a collection: the plugin's provider, which says where connections are made."""

CLUSTERS: Final = "clusters"
"""In the place of a collection: the clusters of Databricks, of which the keys of the Spark configuration are seen."""

_CLUSTER: Final = "DatabricksCluster"
_CLUSTER_TYPE: Final = re.compile(r"(?:.*/)?databricks(?:[:/].*)?:Cluster")
"""`databricks:index/cluster:Cluster`, or a dynamic resource of that name."""

_PREFIX: Final = f"pulumi-python:dynamic/{NAMESPACE}:"
_PROVIDER_TYPE: Final = "pulumi:providers:pulumi-python"
_PARAMS: Final = "params."
_BY_KIND: Final[dict[str, ResourceSchema]] = {
    name: get_resource_type(kind.provider_class.resource_type).schema
    # By `__all__`: the package imports what is asked for, so that `vars` of it has nothing yet.
    for name, kind in ((name, getattr(pulumi_adobe, name)) for name in pulumi_adobe.__all__)
    if isinstance(kind, type) and issubclass(kind, AdobeResource)
}
_SETTINGS: Final = {
    name for setting in SETTINGS_TABLE if not setting.secret for name in (setting.key, setting.config_key)
} | {FLOW_SERVICE_INPUT}


def kind_of(resource_type: str) -> str:
    """`DatabricksSourceConnection`, `Dataflow`, …; `FlowService` for a provider; empty where it is not ours."""
    if resource_type == _PROVIDER_TYPE:
        return "FlowService"
    if _CLUSTER_TYPE.fullmatch(resource_type):
        return _CLUSTER
    name = resource_type.removeprefix(_PREFIX)
    return name if name != resource_type and name in _BY_KIND else ""


def collection_of(kind: str) -> str:
    """Flow Service's collection, such as `connections` or `flows`; `provider`; empty where it is not ours."""
    if kind == "FlowService":
        return PROVIDER
    if kind == _CLUSTER:
        return CLUSTERS
    return _BY_KIND[kind].collection if kind in _BY_KIND else ""


def visible(kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Plain properties with `HIDDEN` where one is secret or not declared; parameters stand among them by their names.

    What is declared, and which of it is secret, is the provider's own knowledge: `pulumi_adobe`'s declarations.
    """
    if kind == "FlowService":
        return {name: value if name in _SETTINGS else HIDDEN for name, value in properties.items()}
    if kind == _CLUSTER:
        return {"sparkConf": _spark_keys(properties)}
    if kind not in _BY_KIND:
        return {}
    schema = _BY_KIND[kind]
    flat = schema.flatten({name: value for name, value in properties.items() if name != "__provider"})
    declared = schema.for_properties(flat)
    shown = {
        *(name for name in declared.outputs if name not in declared.secret_outputs),
        SECRET_CONFIRMED,
        *declared.local_inputs,
        *(field.name for field in declared.fields if not field.secret),
    }
    return {name.removeprefix(_PARAMS): value if name in shown else HIDDEN for name, value in flat.items()}


def _spark_keys(properties: Mapping[str, Any]) -> Any:
    """The Spark configuration with all values hidden; `UNKNOWN` while it is not known."""
    conf = properties.get("sparkConf", properties.get("spark_conf"))
    return dict.fromkeys(conf, HIDDEN) if isinstance(conf, Mapping) else conf


def hidden(kind: str, properties: Mapping[str, Any]) -> list[Any]:
    """The values that `visible` leaves out."""
    seen = visible(kind, properties)
    if kind == _CLUSTER:
        return [properties.get("sparkConf", properties.get("spark_conf"))]
    members = properties.get("params")
    flat = {**(members if isinstance(members, Mapping) else {}), **properties}
    return [value for name, value in flat.items() if seen.get(name) is HIDDEN]
