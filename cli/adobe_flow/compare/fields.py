"""The fields that differ between two entities that people take for the same one: pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.compare.facts import BASE_CONNECTION, DATAFLOW, GROUPS, EntityFacts
from adobe_flow.compare.references import Reference, refer_to_same_entities
from adobe_flow.compare.schedules import START, format_start, have_same_start
from adobe_flow.problem import Problem
from pulumi_adobe.suggestions import find_similar_names

FIELDS: Final = (
    *("name", "source", "description", "state", "authSpec", "dataflows"),
    *("baseConnection", "dataset", "schema", "schemaVersion"),
    *("sourceConnections", "targetConnections", "flowSpec", "deltaColumn", "labels"),
)
"""The fields with one value."""

FIELD_GROUPS: Final = ("parameters", "data", "columns", "schedule", "options", "transformations", "mapping")
"""The fields with members, such as `parameters.clusterId`; `mapping` has one for each destination."""


def validate_ignored(names: Collection[str]) -> list[str]:
    """Return the fields to ignore, each once; a group stands for its members. Raises `Problem` for an unknown one."""
    for name in names:
        group, _, member = name.partition(".")
        if name not in (*FIELDS, *FIELD_GROUPS) and not (group in FIELD_GROUPS and member):
            near = find_similar_names(name, (*FIELDS, *FIELD_GROUPS), limit=1, cutoff=0.6)
            members = ", ".join(f"{group}.NAME" for group in FIELD_GROUPS)
            hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(FIELDS)} and {members}."
            raise Problem(f"There is no field {name} to be ignored.", hint)
    return list(dict.fromkeys(names))


@dataclass(frozen=True)
class FieldDifference:
    """A field with different values on the two sides; a missing value is None."""

    field: str
    a: Any
    b: Any


def find_differences(a: EntityFacts, b: EntityFacts, ignored: Collection[str] = ()) -> tuple[FieldDifference, ...]:
    """Return each field that differs between two entities, except the ignored fields.

    Of another source or auth spec, the parameters are others too: what follows from that is not listed again.
    """
    # The secrets of a base connection are auth parameters, which have been left out.
    secrets = frozenset[str]() if a.kind == BASE_CONNECTION else a.secrets | b.secrets
    return tuple(
        difference
        for difference in _list_all_fields(a, b)
        if difference.field not in secrets
        and not _is_ignored(difference.field, ignored)
        and _is_difference(a, b, difference)
    )


def list_unknown_fields(a: EntityFacts, b: EntityFacts) -> tuple[str, ...]:
    """Return the fields that refer to an entity whose name is unknown, because a stack's state has only ids."""
    candidates = (difference for difference in _list_all_fields(a, b) if _is_reference(difference.a, difference.b))
    return tuple(
        candidate.field
        for candidate in candidates
        if refer_to_same_entities(_to_list(candidate.a), _to_list(candidate.b)) is None
    )


def show_value(value: Any) -> Any:
    """Return a value for the JSON result; a reference becomes the name of its entity."""
    if isinstance(value, Reference):
        return value.describe()
    return sorted(reference.describe() for reference in value) if isinstance(value, tuple) else value


def _is_ignored(field: str, ignored: Collection[str]) -> bool:
    return field in ignored or field.partition(".")[0] in ignored


def _list_all_fields(a: EntityFacts, b: EntityFacts) -> Iterator[FieldDifference]:
    yield FieldDifference("name", a.name, b.name)
    if a.kind != DATAFLOW:
        # The source of a dataflow is that of its source connections, which are compared themselves.
        yield FieldDifference("source", a.source, b.source)
    yield FieldDifference("description", a.description, b.description)
    if a.source == b.source:
        yield FieldDifference("authSpec", a.auth_spec, b.auth_spec)
        yield from _list_parameters(a, b)
    yield from _list_details(a, b)
    if a.state is not None and b.state is not None:
        yield FieldDifference("state", a.state, b.state)
    if a.dataflows is not None and b.dataflows is not None:
        yield FieldDifference("dataflows", sorted(a.dataflows), sorted(b.dataflows))


def _list_parameters(a: EntityFacts, b: EntityFacts) -> Iterator[FieldDifference]:
    """Return the parameters to compare, without secrets; if the auth specs differ, only those that both have."""
    names = {*a.parameters, *b.parameters} - a.secrets - b.secrets
    if a.auth_spec != b.auth_spec:
        names &= {*a.parameters} & {*b.parameters}
    for name in sorted(names):
        yield FieldDifference(f"parameters.{name}", a.parameters.get(name), b.parameters.get(name))


def _list_details(a: EntityFacts, b: EntityFacts) -> Iterator[FieldDifference]:
    """Return the details to compare, without those that a stack's program cannot declare."""
    names = {*a.details, *b.details}
    for side in (a, b):
        if side.resource is not None:
            names &= {*side.details}
    for name in sorted(names):
        value_a, value_b = a.details.get(name), b.details.get(name)
        members = [value for value in (value_a, value_b) if isinstance(value, Mapping)]
        if name in GROUPS and len(members) + (value_a, value_b).count(None) == 2:  # noqa: PLR2004 - both sides
            yield from _list_members(name, value_a or {}, value_b or {})
        elif name == START:
            yield FieldDifference(name, format_start(value_a), format_start(value_b))
        else:
            yield FieldDifference(name, value_a, value_b)


def _list_members(group: str, a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[FieldDifference]:
    for name in sorted({*a, *b}):
        yield FieldDifference(f"{group}.{name}", a.get(name), b.get(name))


def _is_difference(a: EntityFacts, b: EntityFacts, difference: FieldDifference) -> bool:
    if difference.field == START and have_same_start(a, b):
        return False
    if _is_reference(difference.a, difference.b):
        return refer_to_same_entities(_to_list(difference.a), _to_list(difference.b)) is False
    return _are_values_different(difference.a, difference.b)


def _are_values_different(a: Any, b: Any) -> bool:
    """Return whether two values differ. True differs from 1, unlike in Python; an unreadable value equals nothing."""
    return UNREADABLE in (a, b) or isinstance(a, bool) is not isinstance(b, bool) or bool(a != b)


def _is_reference(a: Any, b: Any) -> bool:
    return isinstance(a, (Reference, tuple)) or isinstance(b, (Reference, tuple))


def _to_list(value: Any) -> tuple[Reference, ...]:
    if isinstance(value, Reference):
        return (value,)
    return value if isinstance(value, tuple) else ()
