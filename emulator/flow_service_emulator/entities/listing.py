"""Filters, order and pages of a list.

Adobe: "Sort and filter responses" of Flow Service, flow-service.yaml; "Flow Service error codes" 1401, 1432 to 1454.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flow_service_emulator.clock import now
from flow_service_emulator.entities import filters
from flow_service_emulator.entities.filters import get_field_values
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.switches import Switches

DEFAULT_LIMIT, MAX_LIMIT = 20, 1000
"""No document has these for lists: Adobe's Python client asks for 20, the search body's maximum is 1000. The switches
`page_size` and `page_limit` replace them."""
_MATCHES_NOTHING = "id==matches-nothing"
_PARAMETERS = frozenset({"property", "limit", "orderby", "continuationToken", "count"})

_DETAILS = frozenset({"auth", "data", "params", "transformations", "scheduleParams", "inheritedAttributes"})
"""The members that a summary leaves out."""

Entity = dict[str, Any]


@dataclass(frozen=True)
class ListQuery:
    """The query of a list; ``after`` is the last id of the earlier pages, ``listed_count`` their number of entities."""

    properties: tuple[str, ...] = ()
    order: str = ""
    limit: int = DEFAULT_LIMIT
    count: bool = False
    after: str = ""
    listed_count: int = 0


def build_list(
    path: str,
    pairs: Iterable[tuple[str, str]],
    entities: Sequence[Entity],
    fields: frozenset[str],
    max_limit: int = MAX_LIMIT,
) -> dict[str, Any]:
    """Return the response to `GET path`: items and `_links`, or with `count=true` the count (sort-and-filter.md)."""
    query = parse_list_query(pairs, max_limit)
    parsed_filters = [filters.parse_filter(text, fields) for text in query.properties]
    matching = [entity for entity in entities if all(parsed_filter.matches(entity) for parsed_filter in parsed_filters)]
    if query.count:
        return {"count": len(matching)}
    remaining = _skip_earlier_pages(_sort_entities(matching, query.order), query)
    page = remaining[: query.limit]
    links = (
        {"next": {"href": f"{path}?continuationToken={_build_token(query, page)}"}}
        if len(remaining) > len(page)
        else {}
    )
    return {"items": page, "_links": links}


def build_list_as_switched(
    switches: Switches,
    path: str,
    pairs: Iterable[tuple[str, str]],
    entities: Sequence[Entity],
    fields: frozenset[str],
) -> dict[str, Any]:
    """Return the response with the order, the delay and the items of the switches of lists."""
    lag = int(switches["list_lag"].removesuffix("ms"))
    listed = [entity for entity in entities if not lag or entity["createdAt"] <= now() - lag]
    query = apply_query_switches(switches, apply_order_switch(switches["list_order"], pairs), fields)
    response = build_list(path, query, listed, fields, int(switches["page_limit"]))
    if switches["list_items"] == "summary" and "items" in response:
        response["items"] = [_omit_details(item) for item in response["items"]]
    return response


def apply_query_switches(
    switches: Switches, pairs: Iterable[tuple[str, str]], fields: frozenset[str]
) -> list[tuple[str, str]]:
    """Return a query as the switches of unknown parameters, unknown fields and page sizes change it."""
    query = list(pairs)
    if switches["unknown_parameters"] == "ignored":
        query = [(name, value) for name, value in query if name in _PARAMETERS]
    if switches["unknown_filters"] != "refused":
        unknown = [pair for pair in query if pair[0] == "property" and filters.has_unknown_field(pair[1], fields)]
        query = [pair for pair in query if pair not in unknown]
        if unknown and switches["unknown_filters"] == "no_match":
            query.append(("property", _MATCHES_NOTHING))
    if not {"limit", "count", "continuationToken"} & {name for name, _ in query}:
        query.append(("limit", str(max(1, min(int(switches["page_size"]), int(switches["page_limit"]))))))
    return query


def apply_order_switch(order: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return a query as the switch of the order changes it."""
    query = list(pairs)
    if order == "refused" and any(name == "orderby" for name, _ in query):
        raise FlowServiceError("1433-400", "the list cannot be sorted by this field")
    return [(name, value) for name, value in query if name != "orderby" or order == "by_field"]


def _omit_details(entity: Entity) -> Entity:
    return {name: value for name, value in entity.items() if name not in _DETAILS}


def parse_list_query(pairs: Iterable[tuple[str, str]], max_limit: int = MAX_LIMIT) -> ListQuery:
    """Return the query; a continuation token replaces the other parameters, some of which aepp sends too."""
    parameters: dict[str, list[str]] = {}
    for name, value in pairs:
        parameters.setdefault(name, []).append(value)
    if unknown := sorted(set(parameters) - _PARAMETERS):
        raise FlowServiceError("1451-400", f"Unknown query parameter {unknown}")
    if "continuationToken" in parameters:
        return _parse_token(parameters["continuationToken"][-1], max_limit)
    count = parameters.get("count", ["false"])[-1].lower() == "true"
    if count and "limit" in parameters:
        raise FlowServiceError("1401-400", "limit and count cannot be given together")
    return ListQuery(
        properties=tuple(parameters.get("property", [])),
        order=parameters.get("orderby", [""])[-1],
        limit=_parse_limit(parameters.get("limit", [str(min(DEFAULT_LIMIT, max_limit))])[-1], max_limit),
        count=count,
    )


def _parse_limit(text: str, max_limit: int) -> int:
    if text.isdecimal() and 1 <= int(text) <= max_limit:
        return int(text)
    raise FlowServiceError("1453-400", f"limit must be between 1 and {max_limit}, not [{text}]")


def _sort_entities(entities: Sequence[Entity], order: str) -> list[Entity]:
    """Sort entities, the oldest first by default. A plus sign that is not encoded arrives as a blank."""
    if not order:
        return list(entities)
    sign, name = (order[0], order[1:]) if not order[0].isalnum() else ("+", order)
    if sign not in "+- ":
        raise FlowServiceError("1432-400", f"sort order sign [{sign}] is not valid")
    if entities and not any(get_field_values(entity, name) for entity in entities):
        raise FlowServiceError("1433-400", f"sort field [{name}] is not valid")
    return sorted(entities, key=lambda entity: _get_sort_rank(get_field_values(entity, name)), reverse=sign == "-")


def _get_sort_rank(values: list[Any]) -> tuple[int, float, str]:
    first = values[0] if values else None
    return (1, float(first), "") if isinstance(first, (int, float)) else (2, 0.0, str(first or ""))


def _skip_earlier_pages(entities: list[Entity], query: ListQuery) -> list[Entity]:
    """Return the entities after the earlier pages; if the last one is deleted, the others have moved up."""
    places = [place for place, entity in enumerate(entities) if entity["id"] == query.after]
    return entities[places[0] + 1 :] if places else entities[max(query.listed_count - 1, 0) :]


def _build_token(query: ListQuery, page: list[Entity]) -> str:
    """Return a token without `=` and `&`: aepp takes the text after the first `=` of the link for the token."""
    text = json.dumps([query.properties, query.order, query.limit, page[-1]["id"], query.listed_count + len(page)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _parse_token(token: str, max_limit: int) -> ListQuery:
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        properties, order, limit, after, listed_count = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise _build_token_error() from None
    kinds = ((properties, list), (order, str), (limit, int), (after, str), (listed_count, int))
    if any(type(value) is not kind for value, kind in kinds) or not all(isinstance(item, str) for item in properties):
        raise _build_token_error()
    if not (1 <= limit <= max_limit and listed_count >= 1):
        raise _build_token_error()
    return ListQuery(tuple(properties), order, limit, after=after, listed_count=listed_count)


def _build_token_error() -> FlowServiceError:
    return FlowServiceError("1453-400", "continuationToken is not valid")
