"""Which resources are ours, and what of them a rule may see."""

from __future__ import annotations

import pytest

import pulumi_adobe
from adobe_flow_policy.kinds import collection_of, hidden, kind_of, visible
from adobe_flow_policy.values import HIDDEN
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.schema.values import UNKNOWN

KINDS = [
    name
    for name in pulumi_adobe.__all__
    if isinstance(kind := getattr(pulumi_adobe, name), type) and issubclass(kind, FlowServiceResource)
]
S3 = {
    "name": "S3",
    "authSpec": "Access Key",
    "connectionSpec": {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"},
    "params": {"s3AccessKey": "AKIA", "s3SecretKey": "very-secret", "bucketName": "b"},
}


@pytest.mark.parametrize("name", KINDS)
def test_every_resource_of_the_provider_is_ours(name: str) -> None:
    kind = kind_of(f"pulumi-python:dynamic/adobe:{name}")

    assert kind == name
    assert collection_of(kind) in {"connections", "sourceConnections", "targetConnections", "flows"}


@pytest.mark.parametrize(
    "token",
    ["pulumi-python:dynamic/tests:Dataflow", "Dataflow", "pulumi-python:dynamic/adobe:Nothing", "pulumi:pulumi:Stack"],
)
def test_others_are_not(token: str) -> None:
    assert kind_of(token) == ""
    assert visible(kind_of(token), {"name": "x"}) == {}


def test_a_secret_is_hidden_and_so_is_what_nobody_declared() -> None:
    given = {"name": "Lake", "accessToken": "dapi-1", "surprise": "x", "etag": '"1"', "__provider": "gAS"}

    seen = visible("DatabricksSourceConnection", given)

    assert seen == {"name": "Lake", "accessToken": HIDDEN, "surprise": HIDDEN, "etag": '"1"'}
    assert hidden("DatabricksSourceConnection", given) == ["dapi-1", "x"]


@pytest.mark.parametrize("kind", ["BaseConnection", "S3SourceConnection"])
def test_the_parameters_of_a_base_connection_stand_among_its_properties(kind: str) -> None:
    seen = visible(kind, S3)

    assert seen["bucketName"] == "b"
    assert seen["s3SecretKey"] is HIDDEN
    assert "very-secret" in hidden(kind, S3)


def test_parameters_of_a_source_that_is_not_known_are_secrets() -> None:
    seen = visible("BaseConnection", {**S3, "connectionSpec": UNKNOWN})

    assert seen["bucketName"] is HIDDEN


def test_parameters_that_are_not_known_at_all_are_no_problem() -> None:
    assert visible("BaseConnection", {**S3, "params": UNKNOWN})["name"] == "S3"


def test_of_a_provider_the_settings_are_seen_but_no_credentials_and_no_config_of_others() -> None:
    given = {"adobe:sandbox": "dev", "adobe:clientSecret": "p8e-1", "shop:key": "x", "flowService": "eu", "orgId": "o"}

    seen = visible("FlowService", given)

    assert seen == {
        "adobe:sandbox": "dev",
        "adobe:clientSecret": HIDDEN,
        "shop:key": HIDDEN,
        "flowService": "eu",
        "orgId": "o",
    }
