"""The catalogue of Adobe's sources: connection specs, auth specs and their parameters, as data.

To add a source, add an entry to ``catalogue.json``, under the name that programs use. The ids and parameters are
Adobe's: each entry names the page of Adobe's documentation, in its public repository, that they come from. Adobe marks
secrets in few published schemas; the others are judged by their names and descriptions. The member `facts` names the
page that says each of the other members. What several sources have in common is in `families`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeAlias, cast

from pulumi_adobe.json_values import get_member
from pulumi_adobe.sources.families import (
    FlowSpec,
    SourceConnectionSpec,
    SourceParameter,
    build_source_connection_spec,
    flow_spec,
)

# Not by importlib.resources, whose import takes longer than all the rest: pip always unpacks a package.
CATALOGUE: Final = Path(__file__).with_name("catalogue.json")
"""The file with the data."""

_CDC_PARAMETER: Final = "cdcEnabled"


Status: TypeAlias = Literal["ga", "beta", "beta-hidden", "deprecated", "not-working"]
"""What Adobe says of a source. `beta-hidden`: its page is in no table of contents. `not-working`: deprecated, and its
connections no longer work."""

Hosting: TypeAlias = Literal["azure", "aws"]
"""Where Experience Platform runs."""


class Parameter(NamedTuple):
    """One parameter of an auth spec, under Adobe's own name.

    Attributes:
        obsolete: Whether only an older page of Adobe's documentation has it.
        is_filled_in: Whether Flow Service gives it a value if a program does not (http.md).
    """

    name: str
    required: bool
    secret: bool
    description: str = ""
    obsolete: bool = False
    is_filled_in: bool = False


class ConnectionSpec(NamedTuple):
    """A source of Adobe's catalogue: its connection spec and the ways to authenticate to it.

    Attributes:
        auth_specs: The parameters of each auth spec; empty if the source has no base connection.
        status: Whether Adobe offers the source.
        successor: The title of the source that Adobe names in the place of a deprecated one; empty if it names none.
        hosting: The hostings of Experience Platform that have the source.
        flow_specs: The flow specs of its dataflows, the usual one first.
        source_connection: What its source connections take.
        spec_name: The `name` of the connection spec in Adobe's pages; empty if they do not print it.
        former_ids: Other ids that this entry had by mistake, and the source that each of them belongs to.
        has_inlet: Whether each base connection gets an address, to which others send the data.
        change_data_capture: `native` if the source itself reports changes, `control column` if each row of a file says
            whether it is deleted; empty if Adobe documents no change data capture (change-data-capture.md; release
            notes of March 2026).
    """

    source: str
    title: str
    category: str
    id: str
    version: str
    auth_specs: dict[str, tuple[Parameter, ...]]
    documentation: str
    status: Status
    hosting: tuple[Hosting, ...]
    flow_specs: tuple[FlowSpec, ...]
    source_connection: SourceConnectionSpec
    successor: str = ""
    spec_name: str = ""
    former_ids: Mapping[str, str] = MappingProxyType({})
    change_data_capture: str = ""
    has_inlet: bool = False
    notes: str = ""

    @property
    def source_params(self) -> tuple[SourceParameter, ...] | None:
        """The `params` that its source connections take; without `cdcEnabled` if it has no change data capture."""
        params = self.source_connection.params
        if params is None or self.change_data_capture:
            return params
        return tuple(parameter for parameter in params if parameter.name != _CDC_PARAMETER)


@cache
def connection_specs() -> dict[str, ConnectionSpec]:
    """Return every source of the catalogue, by the name that programs use for it."""
    return {source: connection_spec(source) for source in _load_entries()}


@cache
def connection_spec(source: str) -> ConnectionSpec:
    """Return the source with this name.

    Raises:
        KeyError: The catalogue has no such source.
    """
    return _parse_entry(source, _load_entries()[source])


@cache
def find_spec_by_id(connection_spec_id: str) -> ConnectionSpec | None:
    """Return the source with this connection spec; None where the catalogue has none."""
    sources = (
        source for source, entry in _load_entries().items() if entry["connectionSpec"]["id"] == connection_spec_id
    )
    return next(map(connection_spec, sources), None)


def find_declared_spec(properties: Mapping[str, Any]) -> ConnectionSpec | None:
    """Return the source whose connection spec an entity has, or a resource declares; None if the catalogue has none."""
    spec_id = get_member(properties, "connectionSpec", "id")
    return find_spec_by_id(spec_id) if isinstance(spec_id, str) else None


@cache
def _load_entries() -> dict[str, dict[str, Any]]:
    return cast("dict[str, dict[str, Any]]", json.loads(CATALOGUE.read_text(encoding="utf-8")))


def _parse_entry(source: str, entry: dict[str, Any]) -> ConnectionSpec:
    return ConnectionSpec(
        source=source,
        title=entry["title"],
        category=entry["category"],
        id=entry["connectionSpec"]["id"],
        version=entry["connectionSpec"]["version"],
        auth_specs={
            auth_spec: tuple(
                Parameter(
                    name,
                    bool(flags.get("required")),
                    bool(flags.get("secret")),
                    flags.get("about", ""),
                    bool(flags.get("obsolete")),
                    bool(flags.get("filledIn")),
                )
                for name, flags in parameters.items()
            )
            for auth_spec, parameters in entry["authSpecs"].items()
        },
        documentation=entry["documentation"],
        status=entry["status"],
        hosting=tuple(entry["hosting"]),
        flow_specs=tuple(map(flow_spec, entry["flowSpecs"])),
        source_connection=build_source_connection_spec(entry["sourceConnection"]),
        successor=entry.get("successor", ""),
        spec_name=entry["connectionSpec"].get("name", ""),
        former_ids=entry.get("formerIds", {}),
        change_data_capture=entry.get("changeDataCapture", ""),
        has_inlet=entry.get("inletUrl", False),
        notes=entry.get("notes", ""),
    )
