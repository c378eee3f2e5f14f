"""Which resources are ours, and what of them a rule may see."""

from __future__ import annotations

import pytest

import pulumi_adobe
from adobe_flow_policy.kinds import PROVIDER, get_collection, list_hidden_values, mask_properties, parse_kind
from adobe_flow_policy.values import HIDDEN, iterate_texts
from pulumi_adobe.plugin.state_format import NATIVE, PROVIDER_TYPES
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES
from pulumi_adobe.resources.base import AdobeResource
from pulumi_adobe.schema.values import UNKNOWN

KINDS = [
    name
    for name in pulumi_adobe.__all__
    if isinstance(kind := getattr(pulumi_adobe, name), type) and issubclass(kind, AdobeResource)
]
S3 = {
    "name": "S3",
    "authSpec": "Access Key",
    "connectionSpec": {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"},
    "params": {"s3AccessKey": "AKIA", "s3SecretKey": "very-secret", "bucketName": "b"},
}


@pytest.mark.parametrize("name", KINDS)
def test_every_resource_type_of_the_provider_is_recognized(name: str) -> None:
    kind = parse_kind(f"pulumi-python:dynamic/adobe:{name}")

    assert kind == name
    collections = {"connections", "sourceConnections", "targetConnections", "flows", "landingZoneCredentials"}
    assert get_collection(kind) in collections


@pytest.mark.parametrize("name", RESOURCE_TYPE_NAMES)
def test_every_resource_of_the_native_provider_is_ours(name: str) -> None:
    assert parse_kind(NATIVE.build_type_token(name)) == name
    assert get_collection(name)


def test_both_providers_are_ours() -> None:
    assert {get_collection(parse_kind(token)) for token in PROVIDER_TYPES} == {PROVIDER}


@pytest.mark.parametrize(
    "token",
    [
        "adobe:index:Ingestion",
        "adobe:index:Nothing",
        "adobe:other:Dataflow",
        "pulumi-python:dynamic/tests:Dataflow",
        "Dataflow",
        "pulumi-python:dynamic/adobe:Nothing",
        "pulumi:pulumi:Stack",
    ],
)
def test_resource_types_of_other_providers_are_not_recognized(token: str) -> None:
    assert parse_kind(token) == ""
    assert mask_properties(parse_kind(token), {"name": "x"}) == {}


def test_a_secret_is_hidden_and_so_is_what_nobody_declared() -> None:
    properties = {"name": "Lake", "accessToken": "dapi-1", "surprise": "x", "etag": '"1"'}

    masked_properties = mask_properties("DatabricksSourceConnection", properties)

    assert masked_properties == {"name": "Lake", "accessToken": HIDDEN, "surprise": HIDDEN, "etag": '"1"'}
    assert list_hidden_values("DatabricksSourceConnection", properties) == ["dapi-1", "x"]


@pytest.mark.parametrize("kind", ["BaseConnection", "S3SourceConnection"])
def test_parameters_of_a_base_connection_are_among_its_properties(kind: str) -> None:
    masked_properties = mask_properties(kind, S3)

    assert masked_properties["bucketName"] == "b"
    assert masked_properties["s3SecretKey"] is HIDDEN
    assert "very-secret" in list_hidden_values(kind, S3)


def test_parameters_of_an_unknown_source_are_hidden_as_secrets() -> None:
    masked_properties = mask_properties("BaseConnection", {**S3, "connectionSpec": UNKNOWN})

    assert masked_properties["bucketName"] is HIDDEN


def test_missing_parameters_are_no_error() -> None:
    assert mask_properties("BaseConnection", {**S3, "params": UNKNOWN})["name"] == "S3"


@pytest.mark.parametrize(
    "token",
    [
        "databricks:index/cluster:Cluster",
        "pulumi-python:dynamic/databricks:Cluster",
        "pulumi-python:dynamic/databricks/cluster:Cluster",
    ],
)
def test_rules_see_only_the_keys_of_the_spark_configuration_of_a_cluster(token: str) -> None:
    properties = {"clusterName": "a", "sparkConf": {"fs.azure.sas.c.a.blob.core.windows.net": "sv=1"}}

    assert get_collection(parse_kind(token)) == "clusters"
    assert mask_properties(parse_kind(token), properties) == {
        "sparkConf": {"fs.azure.sas.c.a.blob.core.windows.net": HIDDEN}
    }
    assert list(iterate_texts(list_hidden_values(parse_kind(token), properties))) == ["sv=1"]
    assert mask_properties(parse_kind(token), {"sparkConf": UNKNOWN}) == {"sparkConf": UNKNOWN}


def test_token_of_a_landing_zone_is_hidden() -> None:
    properties = {"kind": "dlz_databricks_source", "account": "a", "sasToken": "sv=1", "sparkConf": {"k": "sv=1"}}

    masked_properties = mask_properties("LandingZoneCredentials", properties)

    assert (masked_properties["account"], masked_properties["sasToken"], masked_properties["sparkConf"]) == (
        "a",
        HIDDEN,
        HIDDEN,
    )


def test_rules_see_the_settings_of_a_provider_but_no_credentials_and_no_config_of_other_providers() -> None:
    properties = {
        "adobe:sandbox": "dev",
        "adobe:clientSecret": "p8e-1",
        "shop:key": "x",
        "flowService": "eu",
        "orgId": "o",
    }

    masked_properties = mask_properties("FlowService", properties)

    assert masked_properties == {
        "adobe:sandbox": "dev",
        "adobe:clientSecret": HIDDEN,
        "shop:key": HIDDEN,
        "flowService": "eu",
        "orgId": "o",
    }
