"""What stands in the states of users and may never change: where a provider's class is, and the types of resources."""

from __future__ import annotations

import base64
import pickletools
import subprocess
import sys

import pytest
from pulumi.dynamic.dynamic import serialize_provider

from pulumi_adobe import (
    AzureBlobSourceConnection,
    BaseConnection,
    BigQuerySourceConnection,
    DatabricksSourceConnection,
    Dataflow,
    MySQLSourceConnection,
    PostgreSQLSourceConnection,
    S3SourceConnection,
    SnowflakeSourceConnection,
    SourceConnection,
    TargetConnection,
)
from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resources.base_connection import BaseConnectionProvider
from pulumi_adobe.resources.databricks import DatabricksSourceConnectionProvider
from pulumi_adobe.resources.dataflow import DataflowProvider
from pulumi_adobe.resources.source_connection import SourceConnectionProvider
from pulumi_adobe.resources.target_connection import TargetConnectionProvider

FROZEN = [
    (
        DatabricksSourceConnectionProvider,
        DatabricksSourceConnection,
        "gASVTwAAAAAAAACMIXB1bHVtaV9hZG9iZS5yZXNvdXJjZXMuZGF0YWJyaWNrc5SMIkRhdGFicmlja3NTb3VyY2VDb25uZWN0aW9uUHJvdmlkZXKUk5QpgZQu",
        "pulumi-python:dynamic/adobe:DatabricksSourceConnection",
    ),
    (
        BaseConnectionProvider,
        BaseConnection,
        "gASVSAAAAAAAAACMJnB1bHVtaV9hZG9iZS5yZXNvdXJjZXMuYmFzZV9jb25uZWN0aW9ulIwWQmFzZUNvbm5lY3Rpb25Qcm92aWRlcpSTlCmBlC4=",
        "pulumi-python:dynamic/adobe:BaseConnection",
    ),
    (
        SourceConnectionProvider,
        SourceConnection,
        "gASVTAAAAAAAAACMKHB1bHVtaV9hZG9iZS5yZXNvdXJjZXMuc291cmNlX2Nvbm5lY3Rpb26UjBhTb3VyY2VDb25uZWN0aW9uUHJvdmlkZXKUk5QpgZQu",
        "pulumi-python:dynamic/adobe:SourceConnection",
    ),
    (
        TargetConnectionProvider,
        TargetConnection,
        "gASVTAAAAAAAAACMKHB1bHVtaV9hZG9iZS5yZXNvdXJjZXMudGFyZ2V0X2Nvbm5lY3Rpb26UjBhUYXJnZXRDb25uZWN0aW9uUHJvdmlkZXKUk5QpgZQu",
        "pulumi-python:dynamic/adobe:TargetConnection",
    ),
    (
        DataflowProvider,
        Dataflow,
        "gASVOwAAAAAAAACMH3B1bHVtaV9hZG9iZS5yZXNvdXJjZXMuZGF0YWZsb3eUjBBEYXRhZmxvd1Byb3ZpZGVylJOUKYGULg==",
        "pulumi-python:dynamic/adobe:Dataflow",
    ),
    *(
        (
            BaseConnectionProvider,
            resource,
            "gASVSAAAAAAAAACMJnB1bHVtaV9hZG9iZS5yZXNvdXJjZXMuYmFzZV9jb25uZWN0aW9ulIwWQmFzZUNvbm5lY3Rpb25Qcm92aWRlcpSTlCmBlC4=",
            f"pulumi-python:dynamic/adobe:{name}",
        )
        for resource, name in (
            (SnowflakeSourceConnection, "SnowflakeSourceConnection"),
            (BigQuerySourceConnection, "BigQuerySourceConnection"),
            (S3SourceConnection, "S3SourceConnection"),
            (AzureBlobSourceConnection, "AzureBlobSourceConnection"),
            (PostgreSQLSourceConnection, "PostgreSQLSourceConnection"),
            (MySQLSourceConnection, "MySQLSourceConnection"),
        )
    ),
]


@pytest.mark.parametrize(("provider", "resource", "pickled", "token"), FROZEN)
def test_the_pickled_provider_and_the_type_are_those_of_every_state(
    provider: type[DynamicProvider], resource: type, pickled: str, token: str
) -> None:
    assert serialize_provider(provider()) == pickled
    assert f"pulumi-python:{resource._resource_type_name}" == token  # type: ignore[attr-defined]  # noqa: SLF001 - the SDK's


def test_only_a_reference_is_pickled_and_no_value() -> None:
    opcodes = [op.name for op, _, _ in pickletools.genops(base64.b64decode(FROZEN[0][2]))]

    assert "STACK_GLOBAL" in opcodes
    assert "BUILD" not in opcodes


def test_a_program_imports_no_http_library() -> None:
    script = "import sys, pulumi_adobe; print([m for m in sys.modules if m in {'requests', 'pulumi_adobe.lifecycle'}])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
