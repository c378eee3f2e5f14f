"""What differs between the catalogue and an organization's connection specs."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.sources.comparison import OrganizationSourceSpec, compare_sources
from pulumi_adobe.sources import ConnectionSpec, connection_specs

UNCHANGED: dict[str, list[Any]] = {"new": [], "missing": [], "differentIds": [], "differentAuthSpecs": []}


def build_organization_spec(spec: ConnectionSpec, **changes: Any) -> OrganizationSourceSpec:
    """Return the connection spec of an organization that has what the catalogue says."""
    auth_specs = {
        name: {parameter.name: parameter.required for parameter in parameters}
        for name, parameters in spec.auth_specs.items()
    }
    members = {"id": spec.id, "name": spec.spec_name, "title": spec.title, "is_source": True, "auth_specs": auth_specs}
    return OrganizationSourceSpec(**{**members, **changes})


def compare(**changes: dict[str, Any] | None) -> dict[str, list[Any]]:
    """Compare with an organization that has the whole catalogue, but for these changes by source; None removes one."""
    changes_by_source = {name.replace("_", "-"): change for name, change in changes.items()}
    specs = [
        build_organization_spec(spec, **(changes_by_source.get(name) or {}))
        for name, spec in connection_specs().items()
        if changes_by_source.get(name, {}) is not None
    ]
    return compare_sources(specs)


def test_equal_specs_have_no_differences() -> None:
    assert compare() == UNCHANGED


def test_source_that_the_organization_lacks_is_missing() -> None:
    spec = connection_specs()["lava"]

    assert compare(lava=None) == {**UNCHANGED, "missing": [{"source": "lava", "id": spec.id, "status": "ga"}]}


@pytest.mark.parametrize(
    ("source", "name", "title"),
    [
        ("azure_file_storage", None, "Azure file storage"),
        ("postgresql", "postgre-sql", None),
        ("lava", "lava", "(anything)"),
    ],
)
def test_changed_id_of_a_source_is_neither_new_nor_missing(source: str, name: str | None, title: str | None) -> None:
    found = compare(**{source: {"id": "another", "name": name, "title": title}})

    (row,) = found["differentIds"]
    assert (row["source"], row["id"]) == (source.replace("_", "-"), "another")
    assert row["catalogueId"] == connection_specs()[row["source"]].id
    assert {**found, "differentIds": []} == UNCHANGED


def test_only_source_specs_count_as_new() -> None:
    known = [build_organization_spec(spec) for spec in connection_specs().values()]
    braze = OrganizationSourceSpec("b", "braze", "Braze", is_source=True, auth_specs={"HMAC": {}})
    destination = OrganizationSourceSpec("d", "some-destination", None, is_source=False, auth_specs={})

    found = compare_sources([*known, braze, destination])

    assert found == {**UNCHANGED, "new": [{"id": "b", "name": "braze", "title": "Braze", "authSpecs": ["HMAC"]}]}


def test_auth_specs_and_parameters_are_compared_by_name_and_requirement() -> None:
    found = compare(
        shopify_streaming={"auth_specs": {"HMAC": {"key": True}}},
        databricks={
            "auth_specs": {
                "Access Token Authentication": {
                    "domain": True,
                    "clusterId": True,
                    "accessToken": True,
                    "database": False,
                    "warehouse": False,
                }
            }
        },
        ftp={"auth_specs": {}},
    )

    rows = {row["source"]: row for row in found["differentAuthSpecs"]}
    assert rows.keys() == {"shopify-streaming", "databricks", "ftp"}
    assert (rows["shopify-streaming"]["new"], rows["ftp"]["missing"]) == (["HMAC"], ["Basic Authentication for FTP"])
    differences = {row["name"]: (row["catalogue"], row["organization"]) for row in rows["databricks"]["parameters"]}
    assert differences == {
        "database": ("required", "optional"),
        "catalog": ("optional", "absent"),
        "warehouse": ("absent", "optional"),
    }


def test_auth_spec_whose_parameters_are_not_described_is_no_difference() -> None:
    assert compare(mariadb={"auth_specs": {"Connection String Based Authentication": {}}}) == UNCHANGED
