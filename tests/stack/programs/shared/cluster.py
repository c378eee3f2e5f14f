"""Stands for a workspace's cluster and its token: a resource whose outputs are not known before it is made."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi import dynamic


class ClusterProvider(dynamic.ResourceProvider):
    def create(self, props: dict[str, Any]) -> dynamic.CreateResult:
        size = int(props["size"])
        outputs = {"url": f"https://adb-{size}.7.azuredatabricks.net", "token": f"dapi-of-cluster-{size}"}
        return dynamic.CreateResult(f"cluster-{size}", {**props, **outputs})

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> dynamic.DiffResult:
        changed = _olds["size"] != _news["size"]
        return dynamic.DiffResult(changes=changed, replaces=["size"] if changed else [])


class Cluster(dynamic.Resource, module="tests", name="Cluster"):
    url: pulumi.Output[str]
    token: pulumi.Output[str]

    def __init__(self, name: str, size: int) -> None:
        super().__init__(ClusterProvider(), name, {"size": size, "url": None, "token": None})
