"""The filters of a list: ``property=<path><operator><value>``.

Adobe: "Sort and filter responses" of Flow Service; "Flow Service error codes" 1423, 1443, 1449, 1450, 1452.
"""

from __future__ import annotations

import re
from typing import Any

from flow_service_emulator.errors import FlowServiceError

_FILTER = re.compile(r"(?P<path>[A-Za-z][\w.:\[\]-]*?)(?P<operator>==|>=|<=|>|<)(?P<value>.*)", re.DOTALL)
STAMPS = frozenset(
    [
        "id",
        "state",
        "version",
        "etag",
        "createdAt",
        "updatedAt",
        "createdBy",
        "updatedBy",
        "createdClient",
        "updatedClient",
        "sandboxId",
        "sandboxName",
        "imsOrgId",
    ]
)
"""What every entity has."""
CONNECTION_FIELDS = STAMPS | {"name", "description", "connectionSpec", "auth", "providerId"}


def matches(entity: dict[str, Any], text: str, fields: frozenset[str] = CONNECTION_FIELDS) -> bool:
    """Whether the entity has what the filter asks for; a comma list after `==` means any of these."""
    found = _FILTER.fullmatch(text.strip())
    if found is None:
        raise FlowServiceError("1450-400", f"filter [{text}] has no operator that is known: ==, >, <, >=, <=")
    path, operator = found["path"], found["operator"]
    if re.split(r"[.\[]", path)[0] not in fields:
        raise FlowServiceError("1449-400", f"filter field [{path}] is not valid")
    values = _values(found["value"])
    if operator != "==" and len(values) > 1:
        raise FlowServiceError("1443-400", f"operator [{operator}] takes one value")
    return any(_holds(have, operator, want) for have in field_values(entity, path) for want in values)


def field_values(entity: Any, path: str) -> list[Any]:
    """What stands at a path such as ``connectionSpec.id`` or ``params.columns[].name``; more than one in arrays."""
    found = [entity]
    for step in path.split("."):
        name = step.removesuffix("[]")
        found = [each[name] for each in found if isinstance(each, dict) and name in each]
        if step.endswith("[]"):
            found = [inner for each in found if isinstance(each, list) for inner in each]
    return found


def _values(text: str) -> list[str]:
    """One value, or several between commas; a quoted one may hold commas itself."""
    if not text:
        raise FlowServiceError("1452-400", "the filter has no value")
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"(?:,|$)|([^,]*)(?:,|$)', text)
    values = [re.sub(r"\\(.)", r"\1", quoted) or plain for quoted, plain in parts]
    return values[:-1] if len(values) > 1 and not values[-1] else values


def _holds(have: Any, operator: str, want: str) -> bool:
    if isinstance(have, bool):
        return operator == "==" and str(have).lower() == want.lower()
    if isinstance(have, (int, float)):
        return _number(want) is not None and _compare(float(have), operator, float(want))
    return _compare(str(have), operator, want)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _compare(have: Any, operator: str, want: Any) -> bool:
    if operator == "==":
        return bool(have == want)
    if operator == ">":
        return bool(have > want)
    if operator == "<":
        return bool(have < want)
    return bool(have >= want) if operator == ">=" else bool(have <= want)
