"""The diff as the engine shows it: each changed property with its kind, a changed secret too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_adobe.lifecycle.diff import ResourceDiff
from pulumi_adobe.plugin.native.program_inputs import SOURCE
from pulumi_adobe.resource_types.parameters import PARAMETER_PREFIX, PARAMETERS

_SPEC: Final = "connectionSpec"
_SIMPLE_NAME: Final = re.compile(r"[A-Za-z_$][\w$]*")


def build_diff_response(
    resource_diff: ResourceDiff,
    prior_outputs: Mapping[str, Any],
    inputs: Mapping[str, Any],
    program_inputs: Mapping[str, Any],
) -> pb.DiffResponse:
    """Return the response to a diff.

    Args:
        resource_diff: What an update would do.
        prior_outputs: The (flat) prior outputs.
        inputs: The (flat) inputs of the life cycle.
        program_inputs: The inputs that the program gives.
    """
    changed = (*resource_diff.changed_fields, *resource_diff.changed_secrets, *resource_diff.state_only)
    details: dict[str, pb.PropertyDiff] = {}
    for name in dict.fromkeys((*resource_diff.replaces, *changed)):
        # The outputs have no name of the source: the engine compares the inputs of old and new program.
        is_source = name == _SPEC and SOURCE in program_inputs
        details[_build_path(name, program_inputs)] = _build_property_diff(
            name, prior_outputs, inputs, replaces=name in resource_diff.replaces, inputs=is_source
        )
    return pb.DiffResponse(
        changes=pb.DiffResponse.DIFF_SOME if resource_diff else pb.DiffResponse.DIFF_NONE,
        replaces=[_build_path(name, program_inputs) for name in resource_diff.replaces],
        deleteBeforeReplace=resource_diff.delete_before_replace,
        detailedDiff=details if resource_diff else {},
        hasDetailedDiff=True,
    )


def build_config_diff_response(olds: Mapping[str, Any], news: Mapping[str, Any]) -> pb.DiffResponse:
    """Return the response to a diff of a provider's config, which replaces nothing."""
    changed = [name for name in {**olds, **news} if olds.get(name) != news.get(name)]
    return pb.DiffResponse(
        changes=pb.DiffResponse.DIFF_SOME if changed else pb.DiffResponse.DIFF_NONE,
        detailedDiff={name: _build_property_diff(name, olds, news) for name in changed},
        hasDetailedDiff=True,
    )


def _build_property_diff(
    name: str, olds: Mapping[str, Any], news: Mapping[str, Any], *, replaces: bool = False, inputs: bool = False
) -> pb.PropertyDiff:
    kind = "ADD" if name not in olds else "DELETE" if name not in news else "UPDATE"
    return pb.PropertyDiff(kind=pb.PropertyDiff.Kind.Value(f"{kind}_REPLACE" if replaces else kind), inputDiff=inputs)


def _build_path(name: str, program_inputs: Mapping[str, Any]) -> str:
    """Return the path of a (flat) property, as the engine writes it."""
    if name == _SPEC and SOURCE in program_inputs:
        return SOURCE
    if not name.startswith(PARAMETER_PREFIX):
        return name
    parameter = name.removeprefix(PARAMETER_PREFIX)
    is_simple = _SIMPLE_NAME.fullmatch(parameter)
    return f"{PARAMETERS}.{parameter}" if is_simple else f"{PARAMETERS}[{json.dumps(parameter)}]"
