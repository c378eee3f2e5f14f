"""Which rows do not fit an XDM schema; the batch and its diagnostics are in `test_rows.py`."""

from __future__ import annotations

from typing import Any

import pytest

from flow_service_emulator.dataflows.row_checks import find_row_errors

SCHEMA: dict[str, Any] = {
    "required": ["_id"],
    "properties": {
        "_id": {"type": "string"},
        "timestamp": {"type": "string", "format": "date-time"},
        "_acme": {
            "type": "object",
            "required": ["count"],
            "properties": {
                "amount": {"type": "number"},
                "count": {"type": "integer"},
                "is_paid": {"type": "boolean"},
                "tags": {"type": "array", "items": {"type": "integer"}},
                "any": {},
            },
        },
    },
}
TYPE, MISSING = "MAPPER-3700-400", "INGEST-1555-400"


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ({"_id": "a"}, []),
        ({"_id": 7}, []),
        ({"_id": None}, [MISSING]),
        ({"_id": {"a": 1}}, [TYPE]),
        ({"_id": "a", "timestamp": "2026-12-01T03:00:00Z"}, []),
        ({"_id": "a", "timestamp": 1764558000000}, []),
        ({"_id": "a", "timestamp": None}, []),
        ({"_id": "a", "timestamp": "soon"}, [TYPE]),
        ({"_id": "a", "_acme": {"amount": None, "count": None}}, []),
        ({"_id": "a", "_acme": {"amount": "1.5", "count": "2"}}, []),
        ({"_id": "a", "_acme": {"amount": 1, "count": 2.0}}, []),
        ({"_id": "a", "_acme": {"amount": 1.5}}, [MISSING]),
        ({"_id": "a", "_acme": {"amount": "much", "count": "1.5"}}, [TYPE, TYPE]),
        ({"_id": "a", "_acme": {"amount": True, "count": 1}}, [TYPE]),
        ({"_id": "a", "_acme": {"count": 1, "is_paid": "TRUE"}}, []),
        ({"_id": "a", "_acme": {"count": 1, "is_paid": "yes"}}, [TYPE]),
        ({"_id": "a", "_acme": {"count": 1, "tags": [1, "2", None]}}, []),
        ({"_id": "a", "_acme": {"count": 1, "tags": ["x"]}}, [TYPE]),
        ({"_id": "a", "_acme": {"count": 1, "tags": 1}}, [TYPE]),
        ({"_id": "a", "_acme": "text"}, [TYPE]),
        ({"_id": "a", "_acme": {"count": 1, "any": {"x": 1}, "unknown": "x"}}, []),
        ({}, [MISSING]),
    ],
    ids=str,
)
def test_row_is_invalid_if_a_value_does_not_fit_or_a_required_one_is_missing(
    row: dict[str, Any], codes: list[str]
) -> None:
    assert [error["code"] for error in find_row_errors(SCHEMA, row)] == codes


def test_schema_without_own_properties_accepts_every_row() -> None:
    assert list(find_row_errors({"allOf": [{"$ref": "x"}]}, {"_id": {"a": 1}})) == []
