"""The drawing of a report: boxes from source to dataset and lines between them, where the plan changes something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.report.graph import ResourceGraph, ResourceLink
from adobe_flow.report.plan import BASE, DATAFLOW, SOURCE, TARGET, UNCHANGED, PlannedResource
from pulumi_adobe.sources import find_spec_by_id

LAYERS: Final = ("source", BASE, SOURCE, DATAFLOW, TARGET, "dataset")
MAX_BOXES: Final = 120
"""A drawing with more boxes cannot be read."""

_ADDRESS_FIELDS: Final = ("domain", "host", "server", "account", "bucketName", "endpoint", "subdomain", "project")
_OUTSIDE: Final = "outside"


@dataclass
class _DrawingBuilder:
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def add_node(self, key: str, layer: str, label: str, detail: str, operation: str = _OUTSIDE) -> str:
        node = {"id": key, "layer": LAYERS.index(layer), "label": label, "detail": detail, "operation": operation}
        self.nodes.setdefault(key, node)
        return key

    def add_edge(self, start: str, end: str, operation: str) -> None:
        self.edges.setdefault((start, end), {"from": start, "to": end, "operation": operation})


def draw_changed_resources(graph: ResourceGraph) -> dict[str, Any]:
    """Return the nodes, by layer, and the edges of the groups that change; `leftOut` counts the other nodes."""
    sketch = _DrawingBuilder()
    # The engine's order differs from run to run.
    for resource in sorted(graph.plan.resources, key=lambda resource: resource.urn):
        if resource.layer:
            _add_resource_node(sketch, resource)
    for link in (*graph.planned_links, *graph.current_links):
        _add_link_edge(sketch, link)
    drawn: list[dict[str, Any]] = []
    for group in _find_connected_groups(sketch):
        changes = any(node["operation"] not in {UNCHANGED, _OUTSIDE} for node in group)
        if changes and len(drawn) + len(group) <= MAX_BOXES:
            drawn += group
    number = {node["id"]: f"n{position}" for position, node in enumerate(drawn)}
    return {
        "layers": list(LAYERS),
        "nodes": [{**node, "id": number[node["id"]]} for node in drawn],
        "edges": [
            {**edge, "from": number[edge["from"]], "to": number[edge["to"]]}
            for edge in sketch.edges.values()
            if edge["from"] in number
        ],
        "leftOut": len(sketch.nodes) - len(drawn),
    }


def _add_resource_node(sketch: _DrawingBuilder, resource: PlannedResource) -> None:
    inputs = resource.new or resource.old or {}
    layer = resource.layer or BASE
    key = sketch.add_node(resource.urn, layer, resource.name, _get_node_detail(resource), resource.operation)
    if layer == BASE:
        address = _find_source_address(inputs) or _find_source_address(inputs.get("params") or {})
        source = sketch.add_node(
            f"source {resource.urn}", "source", _get_source_title(inputs), address.removeprefix("https://")
        )
        sketch.add_edge(source, key, resource.operation)
    if layer == TARGET and isinstance(inputs.get("dataSetId"), str):
        dataset = sketch.add_node(f"dataset {inputs['dataSetId']}", "dataset", "dataset", inputs["dataSetId"])
        sketch.add_edge(key, dataset, resource.operation)


def _find_source_address(properties: Mapping[str, Any]) -> str:
    addresses = (properties.get(name) for name in _ADDRESS_FIELDS)
    return next((address for address in addresses if isinstance(address, str)), "")


def _get_node_detail(resource: PlannedResource) -> str:
    inputs = resource.new or resource.old or {}
    details = {SOURCE: inputs.get("tableName") or inputs.get("path"), DATAFLOW: _format_schedule(inputs)}
    return str(details.get(resource.layer or "") or resource.title or "")


def _format_schedule(inputs: Any) -> str:
    frequency, interval = inputs.get("frequency"), inputs.get("interval")
    if not isinstance(frequency, str):
        return ""
    if frequency == "once" or not isinstance(interval, (int, float)):
        return frequency
    return f"every {frequency}" if interval == 1 else f"every {interval:g} {frequency}s"


def _get_source_title(inputs: Any) -> str:
    spec_id = inputs.get("connectionSpec")
    spec = find_spec_by_id(str(spec_id.get("id"))) if isinstance(spec_id, dict) else None
    return spec.title if spec else "source"


def _add_link_edge(sketch: _DrawingBuilder, link: ResourceLink) -> None:
    if link.on is not None:
        other, operation = link.on.urn, link.on.operation
    else:
        other = sketch.add_node(f"outside {link.id}", link.layer, f"not in this stack ({link.layer})", link.id)
        operation = UNCHANGED
    operation = link.resource.operation if link.resource.is_changed else operation
    ends = (link.resource.urn, other) if link.layer == TARGET else (other, link.resource.urn)
    sketch.add_edge(*ends, operation)


def _find_connected_groups(sketch: _DrawingBuilder) -> Iterator[list[dict[str, Any]]]:
    """Yield each group of connected nodes in the order of a walk, so that neighbours stand near each other."""
    neighbours: dict[str, list[str]] = {key: [] for key in sketch.nodes}
    for start, end in sketch.edges:
        neighbours[start].append(end)
        neighbours[end].append(start)
    visited: set[str] = set()
    for key in sketch.nodes:
        if key not in visited:
            yield [sketch.nodes[reached] for reached in _walk_connected_nodes(key, neighbours, visited)]


def _walk_connected_nodes(start: str, neighbours: dict[str, list[str]], visited: set[str]) -> Sequence[str]:
    reached, waiting = [], [start]
    while waiting:
        key = waiting.pop()
        if key not in visited:
            visited.add(key)
            reached.append(key)
            waiting += reversed(neighbours[key])
    return reached
