"""`POST /connections/search`, `/flows/search` and `/flowSpecs/search`: a list whose query stands in the body.

Adobe: flow-service.yaml for the members of the body. The grammar of `queryString` is not published: here it is the
query of the list itself, or one filter.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flow_service_emulator.errors import FlowServiceError

_TYPES: dict[str, type] = {
    "queryString": str,
    "limit": int,
    "orderby": str,
    "count": bool,
    "groupByProperty": str,
    "projectionFields": str,
}


def parse_search(body: Any, token: str | None) -> list[tuple[str, str]]:
    """Return the query of the list that a search asks for; ``token`` is the continuation token of the query."""
    if body is None:
        body = {}
    if not isinstance(body, dict):
        raise FlowServiceError("1405-400", "The request body must be an object")
    if unknown_members := sorted(set(body) - set(_TYPES)):
        raise FlowServiceError("1452-400", f"The search has no members {unknown_members}")
    members = {name: value for name, value in body.items() if value is not None}
    for name, value in members.items():
        if type(value) is not _TYPES[name]:
            raise FlowServiceError("1454-400", f"{name} must be of type {_TYPES[name].__name__}")
    pairs = _parse_query_string(members.get("queryString", ""))
    pairs += [(name, str(members[name])) for name in ("limit", "orderby") if name in members]
    pairs += [("count", "true")] if members.get("count") else []
    return pairs + ([("continuationToken", token)] if token else [])


def select_projected_fields(answer: dict[str, Any], body: Any) -> dict[str, Any]:
    """Return the response with the id and the members that `projectionFields` names; all members if it names none."""
    names = (body or {}).get("projectionFields")
    if not names or "items" not in answer:
        return answer
    shown = {"id", *(name.strip() for name in names.split(","))}
    items = [{name: value for name, value in item.items() if name in shown} for item in answer["items"]]
    return {**answer, "items": items}


def _parse_query_string(text: str) -> list[tuple[str, str]]:
    if text.startswith(("property=", "limit=", "orderby=", "count=")):
        return parse_qsl(text, keep_blank_values=True)
    return [("property", text)] if text.strip() else []
