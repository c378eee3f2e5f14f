"""Change data capture: the position in a table's change feed, and the rows that a run creates, updates and deletes.

Adobe: change-data-capture.md; relational.md for `_change_request_type`, which is neither stored nor mapped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from flow_service_emulator.dataflows.run_results import ChangeCounts, RunResult
from flow_service_emulator.json_values import get_member
from flow_service_emulator.workspace.tables import DELETE

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity

_PRIMARY_KEY: Final = "xdm:descriptorPrimaryKey"


def has_change_feed(source: Entity) -> bool:
    """Return whether a source connection has change data capture."""
    return get_member(source.declared, "params", "cdcEnabled") is True


def find_primary_key(emulator: Emulator, flow: Entity, schema_id: str) -> tuple[str, ...]:
    """Return the XDM paths of the schema's primary key; none without a descriptor."""
    for descriptor in emulator.lake.list_descriptors(flow.org, flow.sandbox):
        if descriptor["@type"] == _PRIMARY_KEY and descriptor["xdm:sourceSchema"] == schema_id:
            pointers = descriptor.get("xdm:sourceProperty", [])
            pointer_list = [pointers] if isinstance(pointers, str) else pointers
            return tuple(str(pointer).strip("/").replace("/", ".") for pointer in pointer_list)
    return ()


def count_changes(emulator: Emulator, flow: Entity, result: RunResult) -> None:
    """Count what a run with change data capture does to the dataset as it is now."""
    if not result.key:
        return
    keys = {
        get_primary_key_values(row, result.key)
        for row in emulator.lake.list_rows(result.dataset, flow.org, flow.sandbox)
    }
    created = updated = deleted = 0
    for change, row in zip(result.changes, result.written, strict=True):
        key = get_primary_key_values(row, result.key)
        is_known = key in keys
        if change == DELETE:
            deleted += is_known
            keys.discard(key)
        else:
            updated, created = updated + is_known, created + (not is_known)
            keys.add(key)
    result.counts = ChangeCounts(created, updated, deleted)


def write_changes(emulator: Emulator, run: Entity) -> None:
    """Write the rows of a run; with a primary key, each row replaces the one with the same key."""
    rows, dataset, key = run.notes.pop("rows"), run.notes.pop("dataset"), run.notes.pop("key", [])
    changes = run.notes.pop("changes", [])
    lake, place = emulator.lake, (dataset, run.org, run.sandbox)
    if key:
        latest = {get_primary_key_values(row, key): (change, row) for change, row in zip(changes, rows, strict=True)}
        lake.remove_rows(*place, lambda row: get_primary_key_values(row, key) in latest)
        rows = [row for change, row in latest.values() if change != DELETE]
    lake.add_rows(*place, run.id, rows)


def get_primary_key_values(row: Mapping[str, Any], key: Sequence[str]) -> tuple[str, ...]:
    """Return the values of the primary key, as texts."""
    return tuple(str(get_member(row, *path.split("."))) for path in key)
