"""Applies a JSON Patch to a base connection, as strictly as Adobe's documents say.

Adobe: "Update a connection" (update.md), destinations.yaml, "Flow Service error codes" 1414, 1434, 1455.
"""

from __future__ import annotations

import copy
import re
from typing import Any

import jsonpatch
import jsonpointer

from flow_service_emulator.errors import FlowServiceError

_OPERATIONS = frozenset({"add", "replace", "remove"})


def apply_patch(declared: dict[str, Any], operations: Any, paths: re.Pattern[str]) -> dict[str, Any]:
    """Apply a client's patch to the members of an entity.

    Only these paths may change, and a member that becomes null is removed.

    No response of Adobe's shows a null.
    """
    steps = [_normalize_operation(operation) for operation in _check_operations_list(operations)]
    for step in steps:
        _check_path(step["path"], paths)
    return {name: value for name, value in apply_operations(declared, steps).items() if value is not None}


def apply_operations(declared: dict[str, Any], steps: list[dict[str, Any]]) -> dict[str, Any]:
    """Apply the operations of RFC 6902, without further rules."""
    try:
        changed: dict[str, Any] = jsonpatch.apply_patch(copy.deepcopy(declared), steps, in_place=True)
    except (jsonpatch.JsonPatchException, jsonpointer.JsonPointerException, TypeError):
        # The library's own text quotes values, and one may be a secret.
        paths = [step.get("path") for step in steps]
        raise _build_error(f"it cannot be applied: is there a field at each of {paths}?") from None
    return changed


def _check_operations_list(operations: Any) -> list[Any]:
    if not operations:
        raise FlowServiceError("1405-400", "The request body is empty or null")
    if not isinstance(operations, list):
        raise _build_error("an array of operations is expected")
    return operations


def _normalize_operation(operation: Any) -> dict[str, Any]:
    """Return an operation in RFC 6902's spelling: Adobe's schema has upper-case words, its samples lower-case ones."""
    if not isinstance(operation, dict) or not isinstance(operation.get("path"), str):
        raise _build_error("each operation is an object with op and path")
    word = str(operation.get("op")).lower()
    if word not in _OPERATIONS:
        raise FlowServiceError("1434-400", f"patch operation [{operation.get('op')}] is not supported")
    if word != "remove" and "value" not in operation:
        raise _build_error(f"operation [{word}] needs a value")
    return {**operation, "op": word}


def _check_path(path: str, paths: re.Pattern[str]) -> None:
    if path == "/connectionSpec" or path.startswith("/connectionSpec/"):
        raise FlowServiceError("1414-400", "the connectionSpec of a connection cannot be updated")
    if path == "/auth/specName":
        raise _build_error("the authentication type cannot be changed after creation")
    if not paths.fullmatch(path):
        raise _build_error(f"path [{path}] cannot be updated")


def _build_error(why: str) -> FlowServiceError:
    return FlowServiceError("1455-400", f"JSON Patch is invalid: {why}")
