"""An entity of Flow Service as properties, and as messages show it."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.lifecycle.entity import (
    build_outputs,
    describe_entity,
    describe_foreign_change,
    describe_last_change,
    entity_to_inputs,
    is_complete,
)
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.timestamps import from_epoch_milliseconds

TIME = "2025-11-25T22:33:20.123Z"
CREATION = {"createdAt": 1764110000123, "createdBy": "ann@example.com"}
LAST_CHANGE = {"updatedBy": "bob@example.com", "updatedClient": "their-app", "updatedAt": 1764110000123}
OTHER_PLACE = {"sandboxName": "prod", "imsOrgId": "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg"}


@pytest.mark.parametrize(
    ("entity", "facts"),
    [
        ({"id": "id-1", **CREATION}, (TIME, "by ann@example.com")),
        ({"id": "id-1", **CREATION, "createdBy": None}, (TIME,)),
        ({"id": "id-1", "createdBy": "ann@example.com"}, ("by ann@example.com",)),
        ({"id": "id-1"}, ()),
    ],
)
def test_error_about_a_listed_entity_shows_its_id_and_known_creation_facts(
    entity: dict[str, Any], facts: tuple[str, ...]
) -> None:
    description = describe_entity(entity)

    assert description.startswith("id-1 (")
    assert all(fact in description for fact in facts)
    assert ("created" in description) == bool(facts)
    assert "None" not in description


@pytest.mark.parametrize(
    ("entity", "description"),
    [
        (LAST_CHANGE, f", last by bob@example.com through their-app at {TIME}"),
        ({**LAST_CHANGE, "updatedClient": "bob@example.com"}, f", last by bob@example.com at {TIME}"),
        ({"updatedBy": "bob@example.com"}, ", last by bob@example.com"),
        ({"updatedClient": "their-app", "updatedAt": 1764110000123}, f" at {TIME}"),
        ({}, ""),
    ],
)
def test_last_change_shows_known_author_client_and_time(entity: dict[str, Any], description: str) -> None:
    assert describe_last_change(entity) == description


def test_a_foreign_change_names_the_subject_and_the_author() -> None:
    message = describe_foreign_change('Dataflow "orders"', LAST_CHANGE)

    assert message.startswith('Dataflow "orders" ')
    assert message.endswith(describe_last_change(LAST_CHANGE))


@pytest.mark.parametrize(
    ("milliseconds", "timestamp"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1.5e12, "2017-07-14T02:40:00.000Z"),
        (1764110000999, "2025-11-25T22:33:20.999Z"),
        (True, None),
        ("1", None),
        (None, None),
        (-62135596800001, None),
        (10**18, None),
        (1e300, None),
    ],
)
def test_a_time_of_an_entity_is_iso_8601_with_milliseconds(milliseconds: Any, timestamp: str | None) -> None:
    assert from_epoch_milliseconds(milliseconds) == timestamp


@pytest.mark.parametrize(
    ("entity", "sandbox", "org_id"),
    [({}, "dev", "ours@AdobeOrg"), (OTHER_PLACE, "prod", "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg")],
    ids=["place of the request", "place of the entity"],
)
def test_outputs_name_the_place_of_the_entity_or_else_that_of_the_request(
    entity: dict[str, str], sandbox: str, org_id: str
) -> None:
    schema = ResourceSchema("Any", "connections", (Field("name", ("name",), "name"),))
    whole_entity = {"etag": '"1"', "state": "enabled", **CREATION, **entity}

    outputs = build_outputs(schema, {"name": "lake"}, whole_entity, "ours@AdobeOrg", "dev")

    assert outputs == {
        "name": "lake",
        "etag": '"1"',
        "state": "enabled",
        "createdAt": TIME,
        "createdBy": "ann@example.com",
        "sandboxName": sandbox,
        "orgId": org_id,
    }


REPORTING = ResourceSchema(
    "Thing",
    "things",
    (
        Field("name", ("name",), "name"),
        Field("address", ("options", "address"), "address", computed=True, reported=True),
    ),
)


@pytest.mark.parametrize(
    ("options", "expected"), [({"options": {"address": "here"}}, True), ({"options": {}}, False), ({}, False)], ids=str
)
def test_list_item_without_members_that_the_service_decides_is_incomplete(
    options: dict[str, Any], *, expected: bool
) -> None:
    entity = {"name": "n", "createdAt": 1, "createdBy": "ann", **options}

    assert is_complete(REPORTING, {"name": "n"}, entity) is expected


def test_value_that_the_service_decides_is_an_output_and_is_never_sent() -> None:
    entity = {"name": "n", "options": {"address": "here"}}
    outputs = build_outputs(REPORTING, {"name": "n", "address": "there"}, entity, "org", "dev")

    assert outputs["address"] == "here"
    assert REPORTING.to_body(outputs) == {"name": "n"}


@pytest.mark.parametrize("description", ["", "  ", "\n", "Managed by Pulumi: project/dev/lake", None])
def test_a_description_without_a_text_is_none(description: str | None) -> None:
    schema = ResourceSchema("Lake", "lakes", (Field("description", ("description",), "description"),))

    assert entity_to_inputs(schema, {"description": description}) == {}
