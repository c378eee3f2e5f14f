"""Where the boxes of a drawing stand: a column per layer, a band per group of boxes that hang together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

WIDTH, HEIGHT, ACROSS, DOWN, TOP, EDGE, BAND = 170, 58, 28, 16, 40, 8, 26
_LABEL, _DETAIL = 20, 22
"""Characters that fit into a box."""

Node = dict[str, Any]


def laid_out(drawing: Mapping[str, Any]) -> dict[str, Any]:
    """The drawing with `x` and `y` of each node, a path for each edge, and the size of all in pixels."""
    columns = sorted({node["layer"] for node in drawing["nodes"]})
    at = {layer: EDGE + position * (WIDTH + ACROSS) for position, layer in enumerate(columns)}
    top: float = TOP
    placed: dict[str, Node] = {}
    for group in _groups(drawing):
        placed |= _band(group, at, top)
        top = max(node["y"] for node in (placed[each["id"]] for each in group)) + HEIGHT + BAND
    return {
        "width": EDGE * 2 + len(columns) * WIDTH + max(0, len(columns) - 1) * ACROSS,
        "height": max(top - BAND + EDGE, TOP),
        "boxWidth": WIDTH,
        "boxHeight": HEIGHT,
        "heads": [{"x": at[layer] + WIDTH / 2, "text": drawing["layers"][layer]} for layer in columns],
        "nodes": list(placed.values()),
        "edges": [{**edge, "path": _path(placed[edge["from"]], placed[edge["to"]])} for edge in drawing["edges"]],
    }


def _groups(drawing: Mapping[str, Any]) -> list[list[Node]]:
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


def _band(group: Sequence[Node], at: Mapping[int, int], top: float) -> dict[str, Node]:
    """Columns of one group, each in the middle of its height."""
    columns = {layer: [node for node in group if node["layer"] == layer] for layer in at}
    tallest = max(len(column) for column in columns.values())
    placed = {}
    for layer, column in columns.items():
        start = top + (tallest - len(column)) * (HEIGHT + DOWN) / 2
        for position, node in enumerate(column):
            y = start + position * (HEIGHT + DOWN)
            cut = {"label": _cut(node["label"], _LABEL), "detail": _cut(node["detail"], _DETAIL)}
            placed[node["id"]] = {**node, **cut, "x": at[layer], "y": y, "full": _full(node)}
    return placed


def _full(node: Node) -> str:
    return ": ".join(each for each in (node["operation"], node["label"], node["detail"]) if each)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    # Of an id, both ends tell more than a beginning.
    return f"{text[: most - 9]}…{text[-8:]}" if text.isalnum() else f"{text[: most - 1]}…"


def _path(start: Node, end: Node) -> str:
    x1, y1, x2, y2 = start["x"] + WIDTH, start["y"] + HEIGHT / 2, end["x"], end["y"] + HEIGHT / 2
    middle = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2 - 6:g} {y2:g}"
