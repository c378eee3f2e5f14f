"""The mapping of a dataflow, as programs and states have it.

The short form is an object of columns and paths, `{"order_id": "_id"}`. The long form is a list of objects, which also
has calculated fields, constants, and columns that go to several paths. A list that the short form could express is
stored in the short form, so that moving between the two is no change.

Adobe: data-prep.yaml for the types; "Data Prep overview" for the length of a calculated field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

ATTRIBUTE: Final = "ATTRIBUTE"
"""The source is a column or a path."""
EXPRESSION: Final = "EXPRESSION"
"""The source is a calculated field, in the language of Data Prep."""
STATIC: Final = "STATIC"
"""The source is a constant."""

MAX_EXPRESSION_LENGTH: Final = 4_096
_TYPES: Final = (ATTRIBUTE, EXPRESSION, STATIC)
_MEMBERS: Final = frozenset({"source", "destination", "sourceType"})


@dataclass(frozen=True)
class MappingEntry:
    """One mapping. In a preview, source and destination may be unknown."""

    source: Any
    destination: Any
    type: Any = ATTRIBUTE

    @property
    def label(self) -> str:
        """The mapping as messages name it: by its column, or, if it has none, by its destination."""
        if self.type == ATTRIBUTE and isinstance(self.source, str):
            return f"mapping.{self.source}"
        return f"mapping to {self.destination}" if isinstance(self.destination, str) else "mapping"

    def to_state(self) -> dict[str, Any]:
        """Return the mapping as the state has it."""
        return {"source": self.source, "destination": self.destination, "sourceType": self.type}


def list_entries(mapping: object) -> list[MappingEntry]:
    """Return the mappings of either form; none if the mapping is not known, or is neither."""
    if isinstance(mapping, Mapping):
        return [MappingEntry(column, path) for column, path in mapping.items()]
    if not isinstance(mapping, list) or not all(_is_entry(each) for each in mapping):
        return []
    return [MappingEntry(each["source"], each["destination"], each["sourceType"]) for each in mapping]


def list_columns(mapping: object) -> list[str]:
    """Return the columns and paths that a mapping reads, as far as they are known; not those of expressions."""
    return [
        entry.source for entry in list_entries(mapping) if entry.type == ATTRIBUTE and isinstance(entry.source, str)
    ]


def build_mapping(entries: list[MappingEntry]) -> Any:
    """Return the mappings in the short form if it can express them, else as a list in the order of the destinations.

    The order has no meaning for Data Prep, so that another order is no change.
    """
    sources = [entry.source for entry in entries]
    are_columns = all(entry.type == ATTRIBUTE and isinstance(entry.source, str) for entry in entries)
    if are_columns and len(set(sources)) == len(sources):
        return {entry.source: entry.destination for entry in entries}
    ordered = sorted(entries, key=lambda entry: entry.destination if isinstance(entry.destination, str) else "")
    return [entry.to_state() for entry in ordered]


def normalize_mapping(mapping: Any) -> Any:
    """Return a mapping in its one form; what is no mapping stays as it is."""
    entries = list_entries(mapping)
    return build_mapping(entries) if isinstance(mapping, list) and len(entries) == len(mapping) else mapping


def validate_mapping(mapping: object) -> Iterator[str]:
    """Return what is wrong with a mapping by itself."""
    if not isinstance(mapping, (Mapping, list)):
        return
    if not mapping:
        yield "mapping: needs at least one column"
    entries = list_entries(mapping)
    if mapping and not entries:
        yield "mapping: each element of a list must be a mapping with its source and its destination"
    yield from _find_shared_paths(entries)
    for entry in entries:
        yield from (f"{entry.label}: {problem}" for problem in _find_entry_problems(entry))


def _is_entry(value: object) -> bool:
    return isinstance(value, Mapping) and value.keys() == _MEMBERS


def _find_shared_paths(entries: list[MappingEntry]) -> Iterator[str]:
    paths = [entry.destination for entry in entries if isinstance(entry.destination, str)]
    for path in sorted({path for path in paths if paths.count(path) > 1}):
        sources = ", ".join(sorted(str(entry.source) for entry in entries if entry.destination == path))
        yield f"mapping: {sources} go to the same path, {path}"


def _find_entry_problems(entry: MappingEntry) -> Iterator[str]:
    if entry.destination is None or (isinstance(entry.destination, str) and not entry.destination.strip()):
        yield "has no path"
    if entry.type not in _TYPES:
        yield f"sourceType must be one of {', '.join(_TYPES)}"
    if entry.type == STATIC or not isinstance(entry.source, str):
        return
    if not entry.source.strip():
        yield "has no source"
    if entry.type == EXPRESSION and len(entry.source) > MAX_EXPRESSION_LENGTH:
        yield f"the expression has {len(entry.source)} characters; Data Prep takes {MAX_EXPRESSION_LENGTH}"
