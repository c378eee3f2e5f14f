"""The resources of a pipeline, of the native provider."""

from __future__ import annotations

from typing import Any

import pulumi

from pulumi_adobe.native import BaseConnection, Dataflow, SourceConnection, TargetConnection


def declare_base(name: str, given: dict[str, Any], opts: pulumi.ResourceOptions) -> BaseConnection:
    return BaseConnection(name, name=name, opts=opts, **given)


def declare_source(
    name: str, base: BaseConnection, given: dict[str, Any], opts: pulumi.ResourceOptions
) -> SourceConnection:
    return SourceConnection(
        name,
        base_connection_id=base.id,
        connection_spec=base.connection_spec,
        table_name=given.pop("table"),
        opts=opts,
        **given,
    )


def declare_target(name: str, given: dict[str, Any], opts: pulumi.ResourceOptions) -> TargetConnection:
    return TargetConnection(name, data_set_id=given.pop("dataset_id"), opts=opts, **given)


def declare_dataflow(
    name: str,
    source: SourceConnection,
    target: TargetConnection,
    given: dict[str, Any],
    opts: pulumi.ResourceOptions,
) -> Dataflow:
    schedule = given.pop("schedule")
    return Dataflow(
        name, source_connection_ids=[source.id], target_connection_ids=[target.id], opts=opts, **schedule, **given
    )
