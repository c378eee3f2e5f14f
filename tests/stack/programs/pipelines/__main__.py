"""Declares the base, source and target connections and the dataflows that the stack's config describes.

`ADAPTER` in the environment is `native` for the native provider.
"""

from __future__ import annotations

import os
from typing import Any

import pulumi

if os.environ.get("ADAPTER") == "native":
    from native_resources import declare_base, declare_dataflow, declare_source, declare_target
else:
    from dynamic_resources import declare_base, declare_dataflow, declare_source, declare_target

config = pulumi.Config()
declared: dict[str, dict[str, dict[str, Any]]] = config.require_object("pipelines")


def take_options(given: dict[str, Any]) -> pulumi.ResourceOptions:
    aliases = [pulumi.Alias(name=given.pop("alias"))] if "alias" in given else None
    return pulumi.ResourceOptions(delete_before_replace=given.pop("delete_before_replace", None), aliases=aliases)


bases = {name: declare_base(name, given, take_options(given)) for name, given in declared["bases"].items()}
sources = {
    name: declare_source(name, bases[given.pop("base")], given, take_options(given))
    for name, given in declared.get("sources", {}).items()
}
targets = {
    name: declare_target(name, given, take_options(given)) for name, given in declared.get("targets", {}).items()
}
flows = {
    name: declare_dataflow(name, sources[given.pop("source")], targets[given.pop("target")], given, take_options(given))
    for name, given in declared.get("flows", {}).items()
}
for name, resource in {**bases, **sources, **targets, **flows}.items():
    pulumi.export(name, resource.id)
