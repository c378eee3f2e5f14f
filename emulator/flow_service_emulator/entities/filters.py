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
"""What every entity has."""


@dataclass(frozen=True)
class Filter:
    """A valid filter."""

    path: str
    operator: str
    values: tuple[str, ...]

    def matches(self, entity: dict[str, Any]) -> bool:
        """Return whether an entity matches. Raises the error of a value, or an operator, of another type."""
        have = get_field_values(entity, self.path)
        return any(self._matches_value(each, want) for each in have for want in self.values)

    def _matches_value(self, have: Any, want: str) -> bool:
        if isinstance(have, bool):
            if self.operator != "==":
                raise FlowServiceError("1448-400", f"operator [{self.operator}] is not supported for [{self.path}]")
            self._check_type(is_right=want.lower() in {"true", "false"}, want=want)
            return str(have).lower() == want.lower()
        number = _parse_number(want)
        if isinstance(have, (int, float)):
            self._check_type(is_right=number is not None, want=want)
            return _compare(float(have), self.operator, number)
        own = _parse_number(str(have))
        if self.operator != "==" and number is not None and own is not None:
            # The times of a schedule may have been sent as texts.
            return _compare(own, self.operator, number)
        return _compare(str(have), self.operator, want)

    def _check_type(self, *, is_right: bool, want: str) -> None:
        if not is_right:
            raise FlowServiceError("1454-400", f"value [{want}] has the wrong type for the filter field [{self.path}]")


def parse(text: str, fields: frozenset[str]) -> Filter:
    """Return a filter; ``fields`` are the members that an entity may have.

    A comma list after `==` means any of these.
    """
    found = _FILTER.fullmatch(text.strip())
    if found is None or found["operator"] in {"=", "~="}:
        raise FlowServiceError("1450-400", f"filter [{text}] has no operator that is known: ==, >, <, >=, <=")
    path, operator = found["path"], found["operator"]
    if operator == "!=":
        raise FlowServiceError("1440-400", f"operator [{operator}] is not implemented")
    if re.split(r"[.\[]", path)[0] not in fields:
        raise FlowServiceError("1449-400", f"filter field [{path}] is not valid")
    values = _split_values(found["value"])
    if operator != "==" and len(values) > 1:
        raise FlowServiceError("1443-400", f"operator [{operator}] takes one value")
    return Filter(path, operator, tuple(values))


def get_field_values(entity: Any, path: str) -> list[Any]:
    """Return the values at a path such as `connectionSpec.id` or `params.columns[].name`; several in arrays."""
    found = [entity]
    for step in path.split("."):
        name = step.removesuffix("[]")
        found = [each[name] for each in found if isinstance(each, dict) and name in each]
        if step.endswith("[]"):
            found = [inner for each in found if isinstance(each, list) for inner in each]
    return found


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


def _compare(have: Any, operator: str, want: Any) -> bool:
    if operator == "==":
        return bool(have == want)
    if operator == ">":
        return bool(have > want)
    if operator == "<":
        return bool(have < want)
    return bool(have >= want) if operator == ">=" else bool(have <= want)
