"""The catalogue of sources is complete and consistent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pulumi_adobe import sources
from pulumi_adobe.sources import connection_specs, find_spec_by_id

UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
PUBLISHED_IDS = json.loads(Path(__file__).with_name("published_ids.json").read_text(encoding="utf-8"))
"""The ids that Adobe's documentation publishes, by the source's name there; collected in November 2026."""
STATUSES = {"ga", "beta", "beta-hidden", "deprecated", "not-working"}


def test_every_source_has_all_members_and_an_id_of_its_own() -> None:
    specs = connection_specs()

    assert len({spec.id for spec in specs.values()}) == len(specs) == 70
    assert sum(len(spec.auth_specs) for spec in specs.values()) == 83
    for name, spec in specs.items():
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert spec.source == name
        assert UUID.fullmatch(spec.id)
        assert spec.title
        assert spec.version
        assert spec.documentation.startswith("AdobeDocs/experience-platform.en/help/sources/")
        assert spec.category
        for parameters in spec.auth_specs.values():
            assert len({parameter.name for parameter in parameters}) == len(parameters)


@pytest.mark.parametrize("name", PUBLISHED_IDS)
def test_every_published_id_is_in_the_catalogue(name: str) -> None:
    assert find_spec_by_id(PUBLISHED_IDS[name]) is not None


def test_every_source_states_up_to_which_resource_it_is_supported() -> None:
    for spec in connection_specs().values():
        assert spec.status in STATUSES
        assert spec.hosting[0] == "azure"
        assert set(spec.hosting) <= {"azure", "aws"}
        assert spec.flow_specs
        assert bool(spec.auth_specs) is spec.source_connection.has_base_connection


def test_every_fact_beyond_the_auth_specs_names_its_page() -> None:
    entries = json.loads(sources.CATALOGUE.read_text(encoding="utf-8"))

    for name, entry in entries.items():
        assert entry["facts"].keys() >= {"status", "hosting", "flowSpecs"}, name
        assert "params" not in entry["sourceConnection"] or "sourceConnection" in entry["facts"], name
        assert all("help/" in fact for fact in entry["facts"].values()), name


def test_sources_of_aws_are_those_of_adobes_overview() -> None:
    """Adobe: help/sources/home.md @02885533."""
    assert {spec.source for spec in connection_specs().values() if "aws" in spec.hosting} == {
        "amazon-kinesis",
        "amazon-redshift",
        "amazon-s3",
        "azure-event-hubs",
        "data-landing-zone",
        "google-bigquery",
        "http-api-streaming",
        "mysql",
        "oracle-db",
        "postgresql",
        "salesforce",
        "salesforce-marketing-cloud",
        "snowflake",
        "snowflake-streaming",
    }


def test_sources_without_a_base_connection_are_the_landing_zone_and_the_webhooks() -> None:
    without = {spec.source for spec in connection_specs().values() if not spec.source_connection.has_base_connection}

    assert without == {"chatlio", "customer-io", "data-landing-zone", "lava", "pendo", "shopify-streaming"}


def test_cdc_is_a_parameter_of_the_table_sources_that_report_changes() -> None:
    params = {name: connection_specs()[name].source_params or () for name in ("databricks", "mariadb")}

    assert [parameter.name for parameter in params["databricks"]] == ["tableName", "columns", "cdcEnabled"]
    assert [parameter.name for parameter in params["mariadb"]] == ["tableName", "columns"]


def test_params_are_unknown_where_adobe_documents_none() -> None:
    params = {name: connection_specs()[name].source_params for name in ("zendesk", "generic-rest-api")}

    assert params == {"zendesk": (), "generic-rest-api": None}


def test_databricks_has_the_id_and_the_parameters_of_adobes_tutorial() -> None:
    spec = connection_specs()["databricks"]

    assert (spec.id, spec.version) == ("e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "1.0")
    (parameters,) = spec.auth_specs.values()
    assert [(parameter.name, parameter.required, parameter.secret) for parameter in parameters] == [
        ("domain", True, False),
        ("clusterId", True, False),
        ("accessToken", True, True),
        ("database", True, False),
        ("catalog", False, False),
    ]
