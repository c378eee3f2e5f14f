"""Which entities a stack manages: what its state says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pulumi_adobe.resource_names import parse_urn

OURS: Final = "pulumi-python:dynamic/adobe:"
"""How the type token of each of our resources begins; frozen in users' states."""

STACK_TYPE: Final = "pulumi:pulumi:Stack"


def resource_name(urn: str) -> str:
    """What the program calls it."""
    return parse_urn(urn).name


def managed(resources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The program's name of each of our resources, by its id in Flow Service."""
    return {
        str(each["id"]): resource_name(str(each["urn"]))
        for each in resources
        if str(each.get("type", "")).startswith(OURS) and each.get("id") and not each.get("external")
    }
