"""Stands for the package `pulumi_databricks`, whose plugin would need a workspace: clusters alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import dynamic


class ClusterProvider(dynamic.ResourceProvider):
    def create(self, props: dict[str, Any]) -> dynamic.CreateResult:
        return dynamic.CreateResult("0612-200003-abc123", dict(props))

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> dynamic.DiffResult:
        return dynamic.DiffResult(changes=_olds.get("spark_conf") != _news.get("spark_conf"))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> dynamic.UpdateResult:
        return dynamic.UpdateResult(dict(_news))


class Cluster(dynamic.Resource, module="databricks", name="Cluster"):
    spark_conf: pulumi.Output[Mapping[str, str]]

    def __init__(
        self, name: str, spark_conf: pulumi.Input[Mapping[str, Any]], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__(ClusterProvider(), name, {"spark_conf": spark_conf}, opts)
