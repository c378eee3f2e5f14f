"""The view of datasets and their rows on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flow_service_emulator.console.formats import format_text
from flow_service_emulator.console.masking import mask_json
from flow_service_emulator.console.places import Place
from flow_service_emulator.json_values import get_member

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity

MAX_ROWS = 50
"""How many rows the page shows."""


@dataclass(frozen=True)
class DatasetLink:
    """The dataset of a target connection: its name or its id, and its page; an empty ``address`` if there is none."""

    name: str
    address: str


@dataclass(frozen=True)
class DatasetView:
    """A dataset on its page: ``rows`` has a value for each of ``columns``, the newest row first."""

    id: str
    name: str
    place: Place
    schema_id: str
    row_count: int
    columns: list[str]
    rows: list[list[str]]


def build_link(emulator: Emulator, target: Entity) -> DatasetLink:
    """Return the link to the dataset that a target connection writes to."""
    id_, place = format_text(get_member(target.declared, "params", "dataSetId")), Place.from_entity(target)
    dataset = emulator.lake.find_dataset(id_, place.org, place.sandbox)
    if dataset is None:
        return DatasetLink(id_, "")
    return DatasetLink(format_text(dataset.get("name")) or id_, build_address(id_, place))


def build_address(id_: str, place: Place) -> str:
    """Return the path of the page of a dataset."""
    return f"/console/datasets/{quote(id_, safe='')}?{place.query}"


def find_view(emulator: Emulator, id_: str, place: Place) -> DatasetView | None:
    """Return the view of a dataset with its newest rows; None if the place is no sandbox that has it."""
    dataset = emulator.lake.find_dataset(id_, place.org, place.sandbox)
    if dataset is None or not place.org:
        return None
    newest_rows = emulator.lake.list_newest_rows(id_, place.org, place.sandbox, MAX_ROWS)
    rows = [dict(_list_cells(mask_json(row))) for row in newest_rows]
    columns = list(dict.fromkeys(path for row in rows for path in row))
    return DatasetView(
        id=id_,
        name=format_text(dataset.get("name")) or "(no name)",
        place=place,
        schema_id=format_text(get_member(dataset, "schemaRef", "id")),
        row_count=emulator.lake.count_rows(id_, place.org, place.sandbox),
        columns=columns,
        rows=[[row.get(path, "") for path in columns] for row in rows],
    )


def list_flows(emulator: Emulator, id_: str, place: Place) -> list[Entity]:
    """Return the dataflows that write to a dataset."""
    targets = {
        target.id
        for target in emulator.stores["targetConnections"].all()
        if place.contains(target) and get_member(target.declared, "params", "dataSetId") == id_
    }
    flows = emulator.stores["flows"].all()
    return [flow for flow in flows if not targets.isdisjoint(flow.declared.get("targetConnectionIds") or [])]


def _list_cells(row: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each value of a row: `_acme.customerId` for a member of an object."""
    for name, value in row.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and value:
            yield from _list_cells(value, f"{path}.")
        else:
            yield path, format_text(value)
