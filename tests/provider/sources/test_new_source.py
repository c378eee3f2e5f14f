"""A source is data: a new entry of the catalogue is a new source, without any other change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_adobe import sources
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.auth import resolve_auth, validate_auth
from pulumi_adobe.schema.validation import validate

ENTRY = {
    "title": "ACME store",
    "category": "databases",
    "status": "ga",
    "hosting": ["azure"],
    "connectionSpec": {"id": "aaaaaaaa-0000-4000-8000-000000000002", "version": "1.0"},
    "authSpecs": {"Key": {"host": {"required": True}, "key": {"required": True, "secret": True}}},
    "flowSpecs": ["CRMToAEP"],
    "sourceConnection": {"kind": "table"},
    "documentation": "nowhere",
}

pytestmark = pytest.mark.usefixtures("new_entry")


@pytest.fixture
def new_entry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    entries = json.loads(sources.CATALOGUE.read_text(encoding="utf-8"))
    (tmp_path / "catalogue.json").write_text(json.dumps({**entries, "acme-store": ENTRY}), encoding="utf-8")
    monkeypatch.setattr(sources, "CATALOGUE", tmp_path / "catalogue.json")
    _clear_caches()
    yield
    _clear_caches()


def _clear_caches() -> None:
    for value in vars(sources).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def test_new_entry_is_one_more_source() -> None:
    assert len(sources.connection_specs()) == 71
    assert sources.connection_specs()["acme-store"].title == "ACME store"


def test_parameters_of_a_new_source_are_validated() -> None:
    auth, problems = resolve_auth("acme-store", None, {"host": "h", "kee": "k"})

    assert problems == []
    assert auth is not None
    (problem,) = validate_auth(sources.connection_specs()["acme-store"].id, auth)
    assert "auth.kee" in problem
    assert "did you mean key?" in problem


def test_schema_of_a_new_source_has_its_parameters_and_secrets() -> None:
    properties = {
        "name": "store",
        "authSpec": "Key",
        "connectionSpec": ENTRY["connectionSpec"],
        "params.host": "h",
        "params.key": "k",
    }
    schema = get_resource_type("BaseConnection").schema.for_properties(properties)

    assert validate(schema, properties) == []
    assert [field.name for field in schema.secret_fields] == ["params.key"]
