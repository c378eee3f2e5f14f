"""The resources of a pipeline, of the dynamic provider."""

from __future__ import annotations

from typing import Any

import pulumi

from pulumi_adobe import Auth, BaseConnection, Dataflow, Mapping, Schedule, SourceConnection, TargetConnection


def declare_base(name: str, given: dict[str, Any], opts: pulumi.ResourceOptions) -> BaseConnection:
    spec = given.pop("auth_spec")
    return BaseConnection(name, name=name, auth=Auth(spec, given.pop("params")), opts=opts, **given)


def declare_source(
    name: str, base: BaseConnection, given: dict[str, Any], opts: pulumi.ResourceOptions
) -> SourceConnection:
    return SourceConnection(name, base_connection=base, opts=opts, **given)


def declare_target(name: str, given: dict[str, Any], opts: pulumi.ResourceOptions) -> TargetConnection:
    return TargetConnection(name, opts=opts, **given)


def declare_dataflow(
    name: str,
    source: SourceConnection,
    target: TargetConnection,
    given: dict[str, Any],
    opts: pulumi.ResourceOptions,
) -> Dataflow:
    schedule = Schedule(**given.pop("schedule"))
    if isinstance(given["mapping"], list):
        given["mapping"] = [Mapping(**mapping) for mapping in given["mapping"]]
    return Dataflow(name, source=source, target=target, schedule=schedule, opts=opts, **given)
