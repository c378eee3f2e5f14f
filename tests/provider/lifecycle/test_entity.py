"""An entity of Flow Service, as lists and errors show it to a person who has to choose."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.lifecycle.entity import build_outputs, describe_entity, describe_last_change
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.timestamps import from_epoch_milliseconds

MADE = {"createdAt": 1764110000123, "createdBy": "ann@example.com"}
CHANGED = {"updatedBy": "bob@example.com", "updatedClient": "their-app", "updatedAt": 1764110000123}


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ({"id": "i", **MADE}, "i (made 2025-11-25T22:33:20.123Z by ann@example.com)"),
        ({"id": "i", **MADE, "createdBy": None}, "i (made 2025-11-25T22:33:20.123Z)"),
        ({"id": "i", "createdBy": "ann@example.com"}, "i (by ann@example.com)"),
        ({"id": "i"}, "i (nothing else is known of it)"),
    ],
)
def test_one_of_several_is_told_by_id_time_and_maker(entity: dict[str, Any], words: str) -> None:
    assert describe_entity(entity) == words


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        (CHANGED, ", last by bob@example.com through their-app at 2025-11-25T22:33:20.123Z"),
        ({**CHANGED, "updatedClient": "bob@example.com"}, ", last by bob@example.com at 2025-11-25T22:33:20.123Z"),
        ({"updatedBy": "bob@example.com"}, ", last by bob@example.com"),
        ({"updatedClient": "their-app", "updatedAt": 1764110000123}, " at 2025-11-25T22:33:20.123Z"),
        ({}, ""),
    ],
)
def test_who_wrote_last_is_told_as_far_as_it_is_known(entity: dict[str, Any], words: str) -> None:
    assert describe_last_change(entity) == words


@pytest.mark.parametrize(
    ("milliseconds", "moment"),
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
def test_a_moment_is_iso_8601_to_the_millisecond(milliseconds: Any, moment: str | None) -> None:
    assert from_epoch_milliseconds(milliseconds) == moment


OTHERS = {"sandboxName": "prod", "imsOrgId": "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg"}


@pytest.mark.parametrize(
    ("entity", "sandbox", "org"), [({}, "dev", "ours@AdobeOrg"), (OTHERS, "prod", "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg")]
)
def test_where_it_was_made_is_what_the_service_says_and_else_where_it_was_asked(
    entity: dict[str, str], sandbox: str, org: str
) -> None:
    declaration = ResourceSchema("Any", "connections", (Field("name", ("name",), "name"),))
    added = {"etag": '"1"', "state": "enabled", **MADE, **entity}

    found = build_outputs(declaration, {"name": "lake"}, added, "ours@AdobeOrg", "dev")

    assert found == {
        "name": "lake",
        "etag": '"1"',
        "state": "enabled",
        "createdAt": "2025-11-25T22:33:20.123Z",
        "createdBy": "ann@example.com",
        "sandboxName": sandbox,
        "orgId": org,
    }
