"""Mappings: the five forms in which Adobe's pages print them, what is wrong with one, and what it makes of a row.

Adobe: data-prep.yaml and "Mapping sets endpoint" (source, destination); crm.md (sourceAttribute, destinationXdmPath);
the guides for Pendo, Mixpanel and LAVA have mixtures of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from flow_service_emulator.lake import mapping_paths
from flow_service_emulator.lake.expressions import FUNCTIONS, ExpressionError, compile_expression
from flow_service_emulator.lake.mapping_paths import NoPathError

ATTRIBUTE, EXPRESSION, STATIC = "ATTRIBUTE", "EXPRESSION", "STATIC"
_SCHEMA_PATH: Final = "text/x.schema-path"
_RESERVED: Final = mapping_paths.RESERVED | FUNCTIONS.keys()


@dataclass(frozen=True)
class MappingEntry:
    """A mapping of a mapping set: source, destination and type, whatever form the request had."""

    source: str
    destination: str
    type: str

    @property
    def column(self) -> str | None:
        """Column that the mapping reads, if it is an attribute; the whole source if that is no path."""
        if self.type != ATTRIBUTE:
            return None
        try:
            return str(mapping_paths.parse_path(self.source, _RESERVED)[0])
        except NoPathError:
            return self.source

    def find_problem(self) -> str:
        """Return the problem of the mapping's source or destination; an empty text for a valid mapping."""
        if not self.destination or (not self.source and self.type != STATIC):
            return "each mapping needs a source and a destination"
        try:
            mapping_paths.parse_path(self.destination)
            if self.type == ATTRIBUTE:
                mapping_paths.parse_path(self.source, _RESERVED)
        except NoPathError as error:
            return str(error)
        return ""

    def find_expression_problem(self) -> str:
        """Return why a calculated field cannot be computed. Decided: such a mapping set is stored anyway."""
        if self.type != EXPRESSION:
            return ""
        try:
            compile_expression(self.source)
        except ExpressionError as error:
            return str(error)
        return ""

    def build_failure(self, exception: str) -> dict[str, Any]:
        """Return Data Prep's `TransformErrorInfo`."""
        return {
            "destination": self.destination,
            "exception": exception,
            "source": self.source,
            "columnName": self.destination,
            "sourceType": self.type,
        }


def parse_entries(mapping_set: Mapping[str, Any]) -> list[MappingEntry]:
    """Return the mappings of a set of any form."""
    mappings = mapping_set.get("mappings")
    return (
        [_parse_entry(mapping) for mapping in mappings if isinstance(mapping, dict)]
        if isinstance(mappings, list)
        else []
    )


def get_schema_id(mapping_set: Mapping[str, Any]) -> object:
    """Return the `$id` of the target schema of a mapping set: that of `outputSchema.schemaRef`, else `xdmSchema`."""
    output = mapping_set.get("outputSchema")
    reference = output.get("schemaRef") if isinstance(output, dict) else None
    return reference.get("id") if isinstance(reference, dict) else mapping_set.get("xdmSchema")


def show_mapping(mapping: Mapping[str, Any], id_: str) -> dict[str, Any]:
    """Return a mapping as Data Prep shows it: under both names, whatever its form was."""
    entry = _parse_entry(mapping)
    return {
        "functionVersion": 1,
        "identity": False,
        "primaryIdentity": False,
        "matchScore": 0.0,
        "version": 0,
        **mapping,
        "id": id_,
        "sourceType": _SCHEMA_PATH if entry.type == ATTRIBUTE else entry.type,
        "source": entry.source,
        "sourceAttribute": entry.source,
        "destination": entry.destination,
        "destinationXdmPath": entry.destination,
    }


def map_row(row: Mapping[str, Any], entries: list[MappingEntry]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the mapped row, and the errors of calculated fields, whose values are null then ("Data Prep overview").

    An object is mapped before its members, which other mappings fill.
    """
    result: dict[str, Any] = {}
    failures: list[dict[str, Any]] = []
    for entry in sorted(entries, key=lambda entry: len(entry.destination)):
        try:
            value = _compute_value(row, entry)
        except (ExpressionError, NoPathError) as error:
            value = None
            failures.append(entry.build_failure(str(error)))
        mapping_paths.write_at_path(result, mapping_paths.parse_path(entry.destination), value)
    return result, failures


def _compute_value(row: Mapping[str, Any], entry: MappingEntry) -> Any:
    if entry.type == STATIC:
        return entry.source
    if entry.type == EXPRESSION:
        return compile_expression(entry.source)(row)
    # A copy: another mapping may fill more of it.
    return deepcopy(mapping_paths.read_at_path(row, mapping_paths.parse_path(entry.source, _RESERVED)))


def _parse_entry(mapping: Mapping[str, Any]) -> MappingEntry:
    source = _get_text_of_first_member(mapping, "source", "sourceAttribute")
    expression = _get_text_of_first_member(mapping, "sourceExpression")
    kind = mapping.get("sourceType")
    is_expression = kind in (EXPRESSION, "text/x.aep-xl") or (expression and not source)
    type_ = EXPRESSION if is_expression else STATIC if kind == STATIC else ATTRIBUTE
    return MappingEntry(
        source or expression, _get_text_of_first_member(mapping, "destination", "destinationXdmPath"), type_
    )


def _get_text_of_first_member(mapping: Mapping[str, Any], *names: str) -> str:
    return next((mapping[name] for name in names if isinstance(mapping.get(name), str)), "")
