"""What the flow spec of a dataflow allows and needs."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.resource_types.dataflow import SCHEMA
from pulumi_adobe.resource_types.flow_spec_rules import choose_flow_spec, find_flow_spec_problems
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.sources import connection_specs

MAPPING = {"a": "_id"}
OPTIONAL = "Stream data with optional transformation"


@pytest.mark.parametrize(
    ("source", "has_mapping", "name"),
    [
        ("databricks", True, "CRMToAEP"),
        ("paypal", True, "CRMToAEP"),
        ("sftp", True, "CloudStorageToAEP"),
        ("data-landing-zone", True, "CloudStorageToAEP"),
        ("mailchimp-members", True, "RestStorageToAEP"),
        ("snowflake-streaming", True, "Stream data with transformation"),
        ("http-api-streaming", True, "Stream data with transformation"),
        ("http-api-streaming", False, "Stream data without transformation"),
        ("amazon-kinesis", True, OPTIONAL),
        ("azure-event-hubs", False, OPTIONAL),
        ("lava", True, "Streaming SDK"),
        # What is missing then, the check says.
        ("lava", False, "Streaming SDK"),
    ],
)
def test_source_has_a_flow_spec(source: str, name: str, *, has_mapping: bool) -> None:
    assert choose_flow_spec(connection_specs()[source], has_mapping=has_mapping) == name


def test_source_that_the_catalogue_lacks_counts_as_one_of_tables() -> None:
    assert choose_flow_spec(None, has_mapping=True) == "CRMToAEP"


@pytest.mark.parametrize(
    "inputs",
    [
        {"flowSpecName": "CRMToAEP", "frequency": "once", "mapping": MAPPING},
        {"flowSpecName": "CRMToAEP", "frequency": UNKNOWN, "mapping": UNKNOWN},
        {"flowSpecName": "Of somebody else", "frequency": "day", "mapping": MAPPING},
        {"flowSpecName": OPTIONAL},
        {"flowSpecName": OPTIONAL, "mapping": MAPPING},
        {"flowSpecName": "Stream data without transformation"},
    ],
    ids=str,
)
def test_options_within_the_flow_spec_have_no_problem(inputs: dict[str, Any]) -> None:
    assert list(find_flow_spec_problems(SCHEMA.labels, inputs)) == []


@pytest.mark.parametrize(
    ("inputs", "argument", "fact"),
    [
        ({"flowSpecName": "RestStorageToAEP", "mapping": MAPPING}, "schedule", "missing"),
        ({"flowSpecName": "Of somebody else", "mapping": MAPPING}, "schedule", "missing"),
        ({"flowSpecName": OPTIONAL, "frequency": "day", "interval": 1}, "schedule", "Remove"),
        ({"flowSpecName": OPTIONAL, "deltaColumn": "x"}, "schedule", "Remove"),
        ({"flowSpecName": OPTIONAL, "errorDiagnostics": True}, "error_diagnostics", "no such option"),
        ({"flowSpecName": OPTIONAL, "partialIngestionPercent": 5}, "partial_ingestion_percent", "no such option"),
        ({"flowSpecName": "Streaming SDK"}, "mapping", "missing"),
        ({"flowSpecName": "CRMToAEP", "frequency": "once"}, "mapping", "missing"),
        ({"flowSpecName": "Stream data without transformation", "mapping": MAPPING}, "mapping", "Remove"),
    ],
    ids=str,
)
def test_options_outside_the_flow_spec_are_a_problem(inputs: dict[str, Any], argument: str, fact: str) -> None:
    (problem,) = find_flow_spec_problems(SCHEMA.labels, inputs)

    assert problem.startswith(argument)
    assert fact in problem
    assert inputs["flowSpecName"] in problem


def test_options_that_a_service_adds_to_a_stream_are_no_property() -> None:
    """LAVA's page shows `errorDiagnosticsEnabled`, which nobody has declared."""
    entity = {"options": {"errorDiagnosticsEnabled": True, "inletUrl": "https://dcs.adobedc.net/collection/1"}}

    properties = SCHEMA.for_properties({"flowSpecName": "Streaming SDK"}).from_entity(entity)

    assert properties == {"inletUrl": "https://dcs.adobedc.net/collection/1"}


@pytest.mark.parametrize("name", ["CRMToAEP", OPTIONAL])
def test_address_of_a_webhook_is_a_property_of_its_family_only(name: str) -> None:
    entity = {"options": {"inletUrl": "https://dcs.adobedc.net/collection/1"}}

    assert SCHEMA.for_properties({"flowSpecName": name}).from_entity(entity) == {}
