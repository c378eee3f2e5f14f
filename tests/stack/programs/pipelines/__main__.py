"""Declares the base, source and target connections and the dataflows that the stack's config describes."""

from __future__ import annotations

from typing import Any

import pulumi

from pulumi_adobe import Auth, BaseConnection, Dataflow, Mapping, Schedule, SourceConnection, TargetConnection

config = pulumi.Config()
declared: dict[str, dict[str, dict[str, Any]]] = config.require_object("pipelines")


def options(given: dict[str, Any]) -> pulumi.ResourceOptions:
    aliases = [pulumi.Alias(name=given.pop("alias"))] if "alias" in given else None
    return pulumi.ResourceOptions(delete_before_replace=given.pop("delete_before_replace", None), aliases=aliases)


def base_connection(name: str, given: dict[str, Any]) -> BaseConnection:
    opts, spec = options(given), given.pop("auth_spec")
    return BaseConnection(name, name=name, auth=Auth(spec, given.pop("params")), opts=opts, **given)


def dataflow(name: str, given: dict[str, Any]) -> Dataflow:
    opts, source, target = options(given), sources[given.pop("source")], targets[given.pop("target")]
    schedule = Schedule(**given.pop("schedule"))
    if isinstance(given["mapping"], list):
        given["mapping"] = [Mapping(**mapping) for mapping in given["mapping"]]
    return Dataflow(name, source=source, target=target, schedule=schedule, opts=opts, **given)


bases = {name: base_connection(name, given) for name, given in declared["bases"].items()}
sources = {
    name: SourceConnection(name, opts=options(given), base_connection=bases[given.pop("base")], **given)
    for name, given in declared.get("sources", {}).items()
}
targets = {
    name: TargetConnection(name, opts=options(given), **given) for name, given in declared.get("targets", {}).items()
}
flows = {name: dataflow(name, given) for name, given in declared.get("flows", {}).items()}
for name, resource in {**bases, **sources, **targets, **flows}.items():
    pulumi.export(name, resource.id)
