"""The resources of a state or of a plan, and the entities that a stack manages.

A stack may have resources of both adapters, the dynamic and the native provider. `plugin/state_format.py` of the
provider knows how they differ; what this module returns has one form for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from adobe_flow.problem import Problem
from pulumi_adobe.json_values import get_member, get_object
from pulumi_adobe.plugin.state_format import find_class_name, read_inputs, read_outputs
from pulumi_adobe.resource_names import parse_urn

_MEMBERS: Final[Mapping[str, type | tuple[type, ...]]] = {
    "urn": str,
    "type": str,
    "id": str,
    "parent": str,
    "provider": str,
    "inputs": dict,
    "outputs": dict,
    "initErrors": list,
    "custom": bool,
    "external": bool,
    "delete": bool,
    "protect": bool,
}
"""The members that the commands use. Pulumi: `sdk/go/common/apitype`, `ResourceV3`; each may be missing or null."""


def get_resource_name(urn: str) -> str:
    """Return the name of the resource in the program."""
    return parse_urn(urn).name


def read_resources(state: Any, what: str) -> list[dict[str, Any]]:
    """Return the resources of an exported state; the properties of ours have one form for all adapters.

    The properties of a resource may have any type; the members of the resource itself are Pulumi's.

    Args:
        state: The JSON that `pulumi stack export` prints.
        what: The state as the subject of a sentence.

    Raises:
        Problem: The state is not what Pulumi writes.
    """
    resources = get_member(state, "deployment", "resources")
    if resources is None:
        return []
    if not isinstance(resources, list):
        raise _build_format_problem(what, "resources")
    for number, resource in enumerate(resources):
        if not isinstance(resource, dict) or not isinstance(resource.get("urn"), str):
            raise _build_format_problem(what, f"resources[{number}].urn")
        member = find_malformed_member(resource)
        if member:
            raise _build_format_problem(what, f"resources[{number}].{member}")
    return [unify_properties(resource) for resource in resources]


def unify_properties(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the resource with its inputs and outputs in the form that is the same for all adapters."""
    urn, unified = str(resource.get("urn")), dict(resource)
    if get_class_name(resource) is None:
        return unified
    # A resource of the native provider that gives no input has none in the state, but inputs that follow from its type.
    return {
        **unified,
        "inputs": read_inputs(urn, get_object(resource, "inputs")),
        "outputs": read_outputs(urn, get_object(resource, "outputs")),
    }


def get_class_name(resource: Mapping[str, Any]) -> str | None:
    """Return the class by which a program declares the resource, such as `Dataflow`; None if it is not ours."""
    return find_class_name(str(resource.get("type", "")))


def find_malformed_member(resource: Mapping[str, Any]) -> str | None:
    """Return the name of a member of a resource that has another type than Pulumi writes; None if all are right."""
    for name, type_ in _MEMBERS.items():
        value = resource.get(name)
        if value is not None and not isinstance(value, type_):
            return name
    return None


def _build_format_problem(what: str, member: str) -> Problem:
    return Problem(
        f"{what} does not have the form that Pulumi writes: {member} has another type.",
        "Was it edited by hand? An earlier one can be restored: pulumi stack export --version, pulumi stack import",
    )


def map_managed_resources(resources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the program's name of each of our resources, by its id in Flow Service."""
    return {
        str(resource["id"]): get_resource_name(str(resource["urn"]))
        for resource in resources
        if get_class_name(resource) is not None and resource.get("id") and not resource.get("external")
    }
