"""Mapping sets: the form that is sent, the five forms that may come back, and what counts as the same mapping."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.resource_types.mapping import EXPRESSION, STATIC, MappingEntry, build_mapping, list_entries
from pulumi_adobe.resource_types.mapping_sets import (
    SchemaReference,
    build_mapping_set,
    build_mappings,
    parse_mappings,
    read_mapping,
)

SCHEMA = "https://ns.adobe.com/acme/schemas/orders"
PLAIN = {
    "sourceAttribute": "id",
    "destinationXdmPath": "_id",
    "identity": False,
    "identityGroup": None,
    "namespaceCode": None,
    "version": 0,
}
NAMED = {"sourceType": "ATTRIBUTE", "source": "id", "destination": "_id"}
OLD_TOP = {"version": 0, "xdmSchema": SCHEMA, "xdmVersion": "1.0", "id": None}
NEW_TOP = {
    "outputSchema": {"schemaRef": {"id": SCHEMA, "contentType": "application/vnd.adobe.xed-full+json;version=1"}}
}
CALCULATED = {"destinationXdmPath": "m", "sourceExpression": 'to_map("a", id)', "sourceType": "EXPRESSION"}
ATTRIBUTE_ENTRY, EXPRESSION_ENTRY = MappingEntry("id", "_id"), MappingEntry('to_map("a", id)', "m", EXPRESSION)

FORMS = [
    ({**OLD_TOP, "mappings": [PLAIN]}, [ATTRIBUTE_ENTRY]),
    ({**NEW_TOP, "mappings": [{**NAMED, "name": "id"}]}, [ATTRIBUTE_ENTRY]),
    ({**NEW_TOP, "mappings": [PLAIN]}, [ATTRIBUTE_ENTRY]),
    ({**OLD_TOP, "mappings": [NAMED]}, [ATTRIBUTE_ENTRY]),
    ({**OLD_TOP, "mappings": [PLAIN, CALCULATED]}, [ATTRIBUTE_ENTRY, EXPRESSION_ENTRY]),
]
READ_BACK = {**PLAIN, **NAMED, "sourceType": "text/x.schema-path", "functionVersion": 1, "matchScore": 0.0, "id": "3c"}


@pytest.mark.parametrize(("mapping_set", "entries"), FORMS, ids=["1", "2", "3", "4", "5"])
def test_mapping_set_in_each_documented_form_has_the_same_meaning(
    mapping_set: dict[str, Any], entries: list[MappingEntry]
) -> None:
    assert parse_mappings(mapping_set) == entries


@pytest.mark.parametrize(
    ("mapping", "entry"),
    [
        (READ_BACK, ATTRIBUTE_ENTRY),
        ({**NAMED, "sourceType": "STATIC"}, MappingEntry("id", "_id", STATIC)),
        ({**NAMED, "sourceType": "other"}, MappingEntry("id", "_id", "other")),
        ({"sourceExpression": "upper(a)", "destination": "_id"}, MappingEntry("upper(a)", "_id", EXPRESSION)),
        ({"source": 7, "destination": None, "sourceType": []}, MappingEntry("", "")),
    ],
    ids=["read back", "constant", "unknown type", "expression without a type", "wrong types"],
)
def test_mapping_set_in_any_response_form_is_read(mapping: dict[str, Any], entry: MappingEntry) -> None:
    assert parse_mappings({"mappings": [mapping, None, "text"]}) == [entry]


@pytest.mark.parametrize("body", [{}, {"mappings": None}, {"mappings": {}}], ids=repr)
def test_set_without_mappings_is_an_empty_mapping(body: dict[str, Any]) -> None:
    assert parse_mappings(body) == []


def test_the_body_names_the_version_of_the_schema() -> None:
    reference = SchemaReference.parse(SCHEMA, "application/vnd.adobe.xed-full+json;version=2")
    assert reference is not None

    body = build_mapping_set(
        reference, [MappingEntry("First Name", "a"), MappingEntry("First Name", "b", STATIC)], None
    )

    assert body == {
        "outputSchema": {"schemaRef": {"id": SCHEMA, "contentType": "application/vnd.adobe.xed-full+json;version=2"}},
        "mappings": [
            {"sourceType": "ATTRIBUTE", "source": "${First Name}", "destination": "a"},
            {"sourceType": "STATIC", "source": "First Name", "destination": "b"},
        ],
    }
    assert SchemaReference.parse(None, "x") is None


NAMES = st.text(min_size=1, max_size=10)
ENTRIES = st.builds(MappingEntry, NAMES, NAMES, st.sampled_from(["ATTRIBUTE", EXPRESSION, STATIC]))


@given(entries=st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.destination), are_columns=st.booleans())
def test_declared_mapping_is_read_back_as_it_was_declared(entries: list[MappingEntry], *, are_columns: bool) -> None:
    columns = {entry.source for entry in entries} if are_columns else None
    declared = build_mapping(entries)

    sent = {"mappings": build_mappings(list_entries(declared), columns)}

    assert read_mapping(parse_mappings(sent), declared) == declared


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("order_id", "order_id"),
        ("${First Name}", "First Name"),
        (r"${First\.Name}", r"${First\.Name}"),
        ("emails[0].email", "emails[0].email"),
        ("a.${b c}", "a.${b c}"),
        ("not a path}", "not a path}"),
    ],
)
def test_foreign_mapping_is_read_as_a_program_would_declare_it(sent: str, shown: str) -> None:
    assert read_mapping([MappingEntry(sent, "_id")], {}) == {shown: "_id"}


@pytest.mark.parametrize(
    ("prior", "live", "is_same"),
    [
        ({"First Name": "_id"}, MappingEntry("${First Name}", "_id"), True),
        ({"First.Name": "_id"}, MappingEntry(r"${First\.Name}", "_id"), True),
        ({"First.Name": "_id"}, MappingEntry("First.Name", "_id"), True),
        ({"${amount}": "_id"}, MappingEntry("amount", "_id"), True),
        ({"amount": "x.${y}"}, MappingEntry("amount", "x.y"), True),
        ({"amount": "_id"}, MappingEntry("Amount", "_id"), False),
        ({"amount": "_id"}, MappingEntry("amount", "_id", EXPRESSION), False),
        ({"amount": "_id"}, MappingEntry("amount", "_acme.amount"), False),
    ],
)
def test_mappings_are_compared_only_by_source_destination_and_type(
    prior: dict[str, str], live: MappingEntry, *, is_same: bool
) -> None:
    assert (read_mapping([live], prior) == prior) is is_same


@pytest.mark.parametrize(
    ("sent", "columns", "shown"),
    [
        (r"${First\.Name}", {"First.Name"}, "First.Name"),
        (r"${First\.Name}", {"First"}, r"${First\.Name}"),
        ("${First Name}", set(), "First Name"),
        ("emails[0].email", {"emails"}, "emails[0].email"),
    ],
)
def test_column_with_special_characters_is_read_without_quotes_if_the_source_has_it(
    sent: str, columns: set[str], shown: str
) -> None:
    assert read_mapping([MappingEntry(sent, "_id")], columns=columns) == {shown: "_id"}
