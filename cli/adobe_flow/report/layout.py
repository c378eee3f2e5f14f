"""The layout of a drawing: a column for each layer, a band for each group of connected boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

WIDTH, HEIGHT, ACROSS, DOWN, TOP, EDGE, BAND = 170, 58, 28, 16, 40, 8, 26
_LABEL, _DETAIL = 20, 22
"""The characters that fit into a box."""

Node = dict[str, Any]


def compute_layout(drawing: Mapping[str, Any]) -> dict[str, Any]:
    """Compute the position of each node, the path of each edge, and the size of the drawing in pixels."""
    columns = sorted({node["layer"] for node in drawing["nodes"]})
    columns_x = {layer: EDGE + position * (WIDTH + ACROSS) for position, layer in enumerate(columns)}
    top: float = TOP
    placed: dict[str, Node] = {}
    for group in _find_groups(drawing):
        placed |= _place_group(group, columns_x, top)
        top = max(placed[node["id"]]["y"] for node in group) + HEIGHT + BAND
    return {
        "width": EDGE * 2 + len(columns) * WIDTH + max(0, len(columns) - 1) * ACROSS,
        "height": max(top - BAND + EDGE, TOP),
        "boxWidth": WIDTH,
        "boxHeight": HEIGHT,
        "heads": [{"x": columns_x[layer] + WIDTH / 2, "text": drawing["layers"][layer]} for layer in columns],
        "nodes": list(placed.values()),
        "edges": [{**edge, "path": _draw_path(placed[edge["from"]], placed[edge["to"]])} for edge in drawing["edges"]],
    }


def _find_groups(drawing: Mapping[str, Any]) -> list[list[Node]]:
    group_of = {node["id"]: [node] for node in drawing["nodes"]}
    for edge in drawing["edges"]:
        one, other = group_of[edge["from"]], group_of[edge["to"]]
        if one is not other:
            one += other
            for node in other:
                group_of[node["id"]] = one
    order = {node["id"]: position for position, node in enumerate(drawing["nodes"])}
    groups = {id(group): sorted(group, key=lambda node: order[node["id"]]) for group in group_of.values()}
    return list(groups.values())


def _place_group(group: Sequence[Node], columns_x: Mapping[int, int], top: float) -> dict[str, Node]:
    """Return the nodes of a group by id, each column in the middle of the height of the group."""
    columns = {layer: [node for node in group if node["layer"] == layer] for layer in columns_x}
    tallest = max(len(column) for column in columns.values())
    placed = {}
    for layer, column in columns.items():
        start = top + (tallest - len(column)) * (HEIGHT + DOWN) / 2
        for position, node in enumerate(column):
            y = start + position * (HEIGHT + DOWN)
            texts = {"label": _truncate(node["label"], _LABEL), "detail": _truncate(node["detail"], _DETAIL)}
            placed[node["id"]] = {**node, **texts, "x": columns_x[layer], "y": y, "full": _format_title(node)}
    return placed


def _format_title(node: Node) -> str:
    return ": ".join(text for text in (node["operation"], node["label"], node["detail"]) if text)


def _truncate(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    # Both ends of an id identify it better than its beginning alone.
    return f"{text[: length - 9]}…{text[-8:]}" if text.isalnum() else f"{text[: length - 1]}…"


def _draw_path(start: Node, end: Node) -> str:
    x1, y1, x2, y2 = start["x"] + WIDTH, start["y"] + HEIGHT / 2, end["x"], end["y"] + HEIGHT / 2
    middle = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2 - 6:g} {y2:g}"
