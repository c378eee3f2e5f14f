"""The query of a list of Catalog: filters, order, offset, limit, and the properties to be shown.

Adobe: catalog.yaml, and "Filter Catalog data using query parameters" (filter-data.md). No document says whether a name
is compared with its case, and whether `~` must match the whole value: here it is, and it need not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from flow_service_emulator.errors import FlowServiceError

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

_DEFAULT_LIMIT: Final = 20
_MAX_LIMIT: Final = 100
_MAX_DIGITS: Final = 9
_MAX_TIME_DIGITS: Final = 20
_CONDITION: Final = re.compile(r"(?P<path>[A-Za-z][\w.]*)(?:(?P<operator>==|!=|<=|>=|~|<|>)(?P<value>.*))?", re.DOTALL)
_SIMPLE_FILTERS: Final = ("name", "description", "version", "created", "updated", "createdUser", "updatedUser")
"""The properties by which a list is filtered as `name=one,other`, or `name=!one` (catalog.yaml)."""

Objects = Mapping[str, Mapping[str, Any]]


def select_page(objects: Objects, query: QueryParams) -> dict[str, dict[str, Any]]:
    """Return one page of the objects, by id. Raises `FlowServiceError` for a query that Catalog refuses."""
    start = parse_number(query.get("start", "0"), "start", 0, 10**_MAX_DIGITS)
    limit = parse_number(query.get("limit", str(_DEFAULT_LIMIT)), "limit", 1, _MAX_LIMIT)
    selected = [(id_, value) for id_, value in objects.items() if _is_selected(value, query)]
    for direction, path in reversed(_parse_order(query.get("orderBy", ""))):
        texts = {id_: str(_get_value_at_path(value, path) or "") for id_, value in selected}
        selected.sort(key=lambda item, texts=texts: texts[item[0]], reverse=direction == "desc")  # type: ignore[misc]  # a default of a lambda
    names = [name for name in query.get("properties", "").split(",") if name]
    return {id_: _select_properties(value, names) for id_, value in selected[start : start + limit]}


def parse_number(text: str, name: str, lowest: int, highest: int) -> int:
    """Return a number of a query. Raises `FlowServiceError` if it is none, or out of its range."""
    if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS and lowest <= int(text) <= highest:
        return int(text)
    raise FlowServiceError("400", f"{name} must be a whole number from {lowest} to {highest}")


def _parse_order(text: str) -> list[tuple[str, str]]:
    """Return each direction, `asc` or `desc`, with its property."""
    parts = [part.rpartition(":") for part in text.split(",") if part]
    return [(direction or "asc", path) for direction, _, path in parts]


def _is_selected(value: Mapping[str, Any], query: QueryParams) -> bool:
    simple = ((name, text) for name in _SIMPLE_FILTERS for text in query.getlist(name))
    return all(_has_value(value, name, text) for name, text in simple) and all(
        _matches(value, text) for text in query.getlist("property")
    )


def _has_value(value: Mapping[str, Any], name: str, text: str) -> bool:
    expected = text.removeprefix("!").split(",")
    return (str(value.get(name, "")) in expected) is not text.startswith("!")


def _matches(value: Mapping[str, Any], text: str) -> bool:
    """Return whether an object meets a condition: `name`, `!name`, `name==one`, `name~^one`, `version>1.0.0`."""
    condition = _CONDITION.fullmatch(text.removeprefix("!"))
    if condition is None:
        raise FlowServiceError("400", f"the condition [{text}] of property cannot be read")
    path, operator, expected = condition["path"], condition["operator"], condition["value"]
    actual = _get_value_at_path(value, path)
    if operator is None:
        return (actual is not None) is not text.startswith("!")
    if actual is None:
        return operator == "!="
    if operator == "~":
        return _compile_pattern(expected).search(str(actual)) is not None
    if operator in {"==", "!="}:
        is_equal = _has_name(str(actual), expected) if path == "name" else str(actual) == expected
        return is_equal is (operator == "==")
    return _meets_inequality(actual, operator, expected)


def _has_name(name: str, pattern: str) -> bool:
    """Return whether a name is that of a condition, in which `*` stands for any text and `**` for an asterisk."""
    parts = {"*": ".*", "**": r"\*"}
    tokens = re.split(r"(\*\*|\*)", pattern)
    return re.fullmatch("".join(parts.get(token, re.escape(token)) for token in tokens), name, re.DOTALL) is not None


def _compile_pattern(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise FlowServiceError("400", f"the regular expression [{pattern}] is none: {error}") from None


def _meets_inequality(actual: Any, operator: str, expected: str) -> bool:
    """Return whether a value meets an inequality. Two numbers are compared as numbers, anything else as text."""
    if isinstance(actual, int) and expected.isascii() and expected.isdecimal() and len(expected) <= _MAX_TIME_DIGITS:
        return _meets_operator(actual - int(expected), operator)
    return _meets_operator((str(actual) > expected) - (str(actual) < expected), operator)


def _meets_operator(difference: int, operator: str) -> bool:
    results = {">": difference > 0, ">=": difference >= 0, "<": difference < 0, "<=": difference <= 0}
    return results[operator]


def _get_value_at_path(value: Any, path: str) -> Any:
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _select_properties(value: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: value[name] for name in names if name in value} if names else dict(value)
