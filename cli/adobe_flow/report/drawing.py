"""The ways from source to dataset that a plan changes, as boxes and lines between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.report.graph import Chain, Link
from adobe_flow.report.plan import BASE, DATAFLOW, SOURCE, TARGET, UNCHANGED, Resource
from pulumi_adobe.sources import find_spec_by_id

LAYERS: Final = ("source", BASE, SOURCE, DATAFLOW, TARGET, "dataset")
MOST: Final = 120
"""Boxes; a drawing of more is a wall."""

_WHERE: Final = ("domain", "host", "server", "account", "bucketName", "endpoint", "subdomain", "project")
_OUTSIDE: Final = "outside"


@dataclass
class _Sketch:
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def node(self, key: str, layer: str, label: str, detail: str, operation: str = _OUTSIDE) -> str:
        node = {"id": key, "layer": LAYERS.index(layer), "label": label, "detail": detail, "operation": operation}
        self.nodes.setdefault(key, node)
        return key

    def edge(self, start: str, end: str, operation: str) -> None:
        self.edges.setdefault((start, end), {"from": start, "to": end, "operation": operation})


def drawing(chain: Chain) -> dict[str, Any]:
    """Nodes by their layer and edges, of the groups in which something changes; `leftOut` counts the other nodes."""
    sketch = _Sketch()
    # The engine's order differs from run to run.
    for resource in sorted(chain.plan.resources, key=lambda each: each.urn):
        if resource.layer:
            _add(sketch, resource)
    for link in (*chain.later, *chain.now):
        _join(sketch, link)
    nodes, edges = list(sketch.nodes.values()), list(sketch.edges.values())
    drawn: list[dict[str, Any]] = []
    for group in _groups(sketch):
        changes = any(node["operation"] not in {UNCHANGED, _OUTSIDE} for node in group)
        if changes and len(drawn) + len(group) <= MOST:
            drawn += group
    number = {node["id"]: f"n{position}" for position, node in enumerate(drawn)}
    return {
        "layers": list(LAYERS),
        "nodes": [{**node, "id": number[node["id"]]} for node in drawn],
        "edges": [{**e, "from": number[e["from"]], "to": number[e["to"]]} for e in edges if e["from"] in number],
        "leftOut": len(nodes) - len(drawn),
    }


def _add(sketch: _Sketch, resource: Resource) -> None:
    inputs = resource.new or resource.old or {}
    layer = resource.layer or BASE
    key = sketch.node(resource.urn, layer, resource.name, _detail(resource), resource.operation)
    if layer == BASE:
        source = _source(inputs)
        where = next((str(inputs[name]) for name in _WHERE if isinstance(inputs.get(name), str)), "")
        where = where or next((str(v) for n, v in (inputs.get("params") or {}).items() if n in _WHERE), "")
        outside = sketch.node(f"source {resource.urn}", "source", source, where.removeprefix("https://"))
        sketch.edge(outside, key, resource.operation)
    if layer == TARGET and isinstance(inputs.get("dataSetId"), str):
        dataset = sketch.node(f"dataset {inputs['dataSetId']}", "dataset", "dataset", inputs["dataSetId"])
        sketch.edge(key, dataset, resource.operation)


def _detail(resource: Resource) -> str:
    inputs = resource.new or resource.old or {}
    told = {SOURCE: inputs.get("tableName") or inputs.get("path"), DATAFLOW: _schedule(inputs)}
    return str(told.get(resource.layer or "") or resource.title or "")


def _schedule(inputs: Any) -> str:
    frequency, interval = inputs.get("frequency"), inputs.get("interval")
    if not isinstance(frequency, str):
        return ""
    if frequency == "once" or not isinstance(interval, (int, float)):
        return frequency
    return f"every {frequency}" if interval == 1 else f"every {interval:g} {frequency}s"


def _source(inputs: Any) -> str:
    spec_id = inputs.get("connectionSpec")
    spec = find_spec_by_id(str(spec_id.get("id"))) if isinstance(spec_id, dict) else None
    return spec.title if spec else "source"


def _join(sketch: _Sketch, link: Link) -> None:
    if link.on is not None:
        other, operation = link.on.urn, link.on.operation
    else:
        other = sketch.node(f"outside {link.id}", link.layer, f"not in this stack ({link.layer})", link.id)
        operation = UNCHANGED
    operation = link.resource.operation if link.resource.changes else operation
    ends = (link.resource.urn, other) if link.layer == TARGET else (other, link.resource.urn)
    sketch.edge(*ends, operation)


def _groups(sketch: _Sketch) -> Iterator[list[dict[str, Any]]]:
    """What hangs together, nodes in the order of a walk, so that neighbours stand near each other."""
    beside: dict[str, list[str]] = {key: [] for key in sketch.nodes}
    for start, end in sketch.edges:
        beside[start].append(end)
        beside[end].append(start)
    seen: set[str] = set()
    for key in sketch.nodes:
        if key not in seen:
            yield [sketch.nodes[each] for each in _walk(key, beside, seen)]


def _walk(key: str, beside: dict[str, list[str]], seen: set[str]) -> Sequence[str]:
    found, waiting = [], [key]
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen.add(at)
            found.append(at)
            waiting += reversed(beside[at])
    return found
