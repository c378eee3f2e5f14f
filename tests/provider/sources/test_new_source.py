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
    "connectionSpec": {"id": "aaaaaaaa-0000-4000-8000-000000000002", "version": "1.0"},
    "authSpecs": {"Key": {"host": {"required": True}, "key": {"required": True, "secret": True}}},
    "documentation": "nowhere",
}


@pytest.fixture
def _new_entry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
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


@pytest.mark.usefixtures("_new_entry")
def test_new_catalogue_entry_is_a_new_source() -> None:
    spec = sources.connection_specs()["acme-store"]
    auth, wrong = resolve_auth("acme-store", None, {"host": "h", "kee": "k"})
    assert auth is not None
    found = list(validate_auth(spec.id, auth))
    properties = {
        "name": "store",
        "authSpec": "Key",
        "connectionSpec": {"id": spec.id, "version": "1.0"},
        "params.host": "h",
        "params.key": "k",
    }
    declaration = get_resource_type("BaseConnection").schema.for_properties(properties)

    assert wrong == []
    assert len(sources.connection_specs()) == 59
    assert any("kee" in each and "key" in each for each in found)
    assert validate(declaration, properties) == []
    assert [field.name for field in declaration.secret_fields] == ["params.key"]
