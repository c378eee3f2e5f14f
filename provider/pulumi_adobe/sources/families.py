"""The families of sources: Adobe's flow specs, and the kinds of source connections that they read from.

The data and the page of each fact are in ``families.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeAlias, cast

MappingRule: TypeAlias = Literal["required", "optional", "none"]

Explore: TypeAlias = Literal["", "table", "file", "rest"]

_FAMILIES: Final = Path(__file__).with_name("families.json")


class FlowSpec(NamedTuple):
    """A way of Adobe's to move data from a family of sources into the data lake.

    Attributes:
        has_schedule: Whether a dataflow needs a schedule; a dataflow without one streams, and nobody starts its runs.
        mapping: Whether a dataflow needs a mapping.
        has_inlet: Whether each dataflow gets an address to which the source sends its data.
    """

    name: str
    id: str
    version: str
    has_schedule: bool
    mapping: MappingRule
    has_inlet: bool = False

    def fits_mapping(self, *, has_mapping: bool) -> bool:
        """Return whether a dataflow may have a mapping or, if it has none, may lack one."""
        return self.mapping != ("none" if has_mapping else "required")


class SourceParameter(NamedTuple):
    """A member of `params` of a source connection, under Adobe's own name.

    Attributes:
        argument: The argument of `SourceConnection` that declares it; empty if a program gives it among `params`.
        values: The values that Adobe documents; empty if it may be any.
    """

    name: str
    required: bool = False
    values: tuple[str, ...] = ()
    description: str = ""
    argument: str = ""


class SourceConnectionSpec(NamedTuple):
    """What the source connection of one source takes.

    Attributes:
        kind: The name of the kind in ``families.json``, such as `table`.
        formats: The values of `data.format`; empty if Adobe shows source connections without one.
        default_format: The format of a source connection that names none; empty if the program must choose.
        params: The members of `params`; None if Adobe documents none for this source, so that any may be right.
        has_base_connection: Whether it needs a base connection. Otherwise it has none (code 1332).
        compression_types: The values of `data.properties.compressionType`.
        column_delimiter: The default of `data.properties.columnDelimiter`; empty if there is none.
        encodings: The values of `data.properties.encoding`.
        provider_id: The `providerId` to send; empty if none is sent.
        explore: What `explore` describes of the source, its `objectType`; empty if Adobe shows no such request.
        has_empty_params: Whether a source connection without parameters has an empty `params`.
    """

    kind: str
    formats: tuple[str, ...]
    default_format: str
    params: tuple[SourceParameter, ...] | None
    has_base_connection: bool = True
    compression_types: tuple[str, ...] = ()
    column_delimiter: str = ""
    encodings: tuple[str, ...] = ()
    provider_id: str = ""
    explore: Explore = ""
    has_empty_params: bool = False


@cache
def flow_spec(name: str) -> FlowSpec:
    """Return the flow spec with this name.

    Raises:
        KeyError: There is no such flow spec.
    """
    entry = _load_families()["flowSpecs"][name]
    return FlowSpec(
        name,
        entry["id"],
        entry["version"],
        entry["schedule"],
        cast("MappingRule", entry["mapping"]),
        entry.get("inletUrl", False),
    )


def find_flow_spec(name: object) -> FlowSpec | None:
    """Return the flow spec with this name; None if it is not known here."""
    return flow_spec(name) if isinstance(name, str) and name in _load_families()["flowSpecs"] else None


def build_source_connection_spec(entry: Mapping[str, Any]) -> SourceConnectionSpec:
    """Return what a source connection takes: its kind, and the `params` that are the source's own.

    Args:
        entry: The member `sourceConnection` of an entry of the catalogue.
    """
    spec = _build_kind(entry["kind"])
    params = _build_parameters(entry["params"]) if "params" in entry else spec.params
    return spec._replace(params=params, has_base_connection=entry.get("baseConnection", True))


@cache
def _build_kind(kind: str) -> SourceConnectionSpec:
    entry = _load_families()["sourceConnections"][kind]
    return SourceConnectionSpec(
        kind=kind,
        formats=tuple(entry["formats"]),
        default_format=entry.get("defaultFormat", entry["formats"][0] if len(entry["formats"]) == 1 else ""),
        params=_build_parameters(entry["params"]) if "params" in entry else None,
        compression_types=tuple(entry.get("compressionTypes", ())),
        column_delimiter=entry.get("columnDelimiter", ""),
        encodings=tuple(entry.get("encodings", ())),
        provider_id=entry.get("providerId", ""),
        explore=entry.get("explore", ""),
        has_empty_params=entry.get("emptyParams", False),
    )


def _build_parameters(entries: Mapping[str, Mapping[str, Any]]) -> tuple[SourceParameter, ...]:
    return tuple(
        SourceParameter(
            name,
            bool(entry.get("required")),
            tuple(entry.get("values", ())),
            entry.get("about", ""),
            entry.get("argument", ""),
        )
        for name, entry in entries.items()
    )


@cache
def _load_families() -> dict[str, dict[str, Any]]:
    return cast("dict[str, dict[str, Any]]", json.loads(_FAMILIES.read_text(encoding="utf-8")))
