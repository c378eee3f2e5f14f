"""The filters of a list: ``property=<path><operator><value>``.

Adobe: "Sort and filter responses" of Flow Service; "Flow Service error codes" 1440, 1443, 1448, 1449, 1450, 1452, 1454.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flow_service_emulator.errors import FlowServiceError

_FILTER = re.compile(r"(?P<path>[A-Za-z][\w.:\[\]-]*?)(?P<operator>==|!=|~=|>=|<=|=|>|<)(?P<value>.*)", re.DOTALL)
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
"""The members that every entity has."""


@dataclass(frozen=True)
class Filter:
    """A valid filter."""

    path: str
    operator: str
    values: tuple[str, ...]

    def matches(self, entity: dict[str, Any]) -> bool:
        """Return whether an entity matches. Raises the error of a value, or an operator, of another type."""
        values = get_field_values(entity, self.path)
        return any(self._matches_value(value, expected) for value in values for expected in self.values)

    def _matches_value(self, value: Any, expected: str) -> bool:
        if isinstance(value, bool):
            if self.operator != "==":
                raise FlowServiceError("1448-400", f"operator [{self.operator}] is not supported for [{self.path}]")
            self._check_type(is_right=expected.lower() in {"true", "false"}, expected=expected)
            return str(value).lower() == expected.lower()
        expected_number = _parse_number(expected)
        if isinstance(value, (int, float)):
            self._check_type(is_right=expected_number is not None, expected=expected)
            return _compare_values(float(value), self.operator, expected_number)
        number_of_entity = _parse_number(str(value))
        if self.operator != "==" and expected_number is not None and number_of_entity is not None:
            # The times of a schedule may have been sent as texts.
            return _compare_values(number_of_entity, self.operator, expected_number)
        return _compare_values(str(value), self.operator, expected)

    def _check_type(self, *, is_right: bool, expected: str) -> None:
        if not is_right:
            raise FlowServiceError(
                "1454-400", f"value [{expected}] has the wrong type for the filter field [{self.path}]"
            )


def parse_filter(text: str, fields: frozenset[str]) -> Filter:
    """Return a filter; ``fields`` are the members that an entity may have.

    Several values after `==`, between commas, mean any of these.
    """
    match = _FILTER.fullmatch(text.strip())
    if match is None or match["operator"] in {"=", "~="}:
        raise FlowServiceError("1450-400", f"filter [{text}] has no operator that is known: ==, >, <, >=, <=")
    path, operator = match["path"], match["operator"]
    if operator == "!=":
        raise FlowServiceError("1440-400", f"operator [{operator}] is not implemented")
    if _get_first_path_segment(path) not in fields:
        raise FlowServiceError("1449-400", f"filter field [{path}] is not valid")
    values = _split_values(match["value"])
    if operator != "==" and len(values) > 1:
        raise FlowServiceError("1443-400", f"operator [{operator}] takes one value")
    return Filter(path, operator, tuple(values))


def has_unknown_field(text: str, fields: frozenset[str]) -> bool:
    """Return whether a filter is well-formed but for its field, which no entity has."""
    match = _FILTER.fullmatch(text.strip())
    return match is not None and _get_first_path_segment(match["path"]) not in fields


def _get_first_path_segment(path: str) -> str:
    return re.split(r"[.\[]", path)[0]


def get_field_values(entity: Any, path: str) -> list[Any]:
    """Return the values at a path such as `connectionSpec.id` or `params.columns[].name`; several in arrays."""
    values = [entity]
    for step in path.split("."):
        name = step.removesuffix("[]")
        values = [value[name] for value in values if isinstance(value, dict) and name in value]
        if step.endswith("[]"):
            values = [item for value in values if isinstance(value, list) for item in value]
    return values


def _split_values(text: str) -> list[str]:
    """Return one value, or several between commas; a quoted one may have commas itself."""
    if not text:
        raise FlowServiceError("1452-400", "the filter has no value")
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"(?:,|$)|([^,]*)(?:,|$)', text)
    values = [re.sub(r"\\(.)", r"\1", quoted) or plain for quoted, plain in parts]
    return values[:-1] if len(values) > 1 and not values[-1] else values


def _parse_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _compare_values(value: Any, operator: str, expected: Any) -> bool:
    if operator == "==":
        return bool(value == expected)
    if operator == ">":
        return bool(value > expected)
    if operator == "<":
        return bool(value < expected)
    return bool(value >= expected) if operator == ">=" else bool(value <= expected)
