"""What the states of users contain and must never change: the location of each provider class, and the type tokens.

The provider class is pickled by reference. A program that declares resources imports little.
"""

from __future__ import annotations

import base64
import pickle
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
    LandingZoneCredentials,
    MySQLSourceConnection,
    PostgreSQLSourceConnection,
    S3SourceConnection,
    SnowflakeSourceConnection,
    SourceConnection,
    TargetConnection,
)
from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.plugin.state_format import NATIVE
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES
from pulumi_adobe.resources.base_connection import BaseConnectionProvider
from pulumi_adobe.resources.databricks import DatabricksSourceConnectionProvider
from pulumi_adobe.resources.dataflow import DataflowProvider
from pulumi_adobe.resources.landing_zone import LandingZoneCredentialsProvider
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
    (
        LandingZoneCredentialsProvider,
        LandingZoneCredentials,
        "gASVTQAAAAAAAACMI3B1bHVtaV9hZG9iZS5yZXNvdXJjZXMubGFuZGluZ196b25llIweTGFuZGluZ1pvbmVDcmVkZW50aWFsc1Byb3ZpZGVylJOUKYGULg==",
        "pulumi-python:dynamic/adobe:LandingZoneCredentials",
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


def set_protocol(pickled: str, protocol: int) -> str:
    """Return the pickle with another number of its protocol: Python 3.14 writes 5, older ones 4; the rest is equal."""
    content = bytearray(base64.b64decode(pickled))
    content[1] = protocol
    return base64.b64encode(content).decode()


@pytest.mark.parametrize("protocol", [4, 5])
def test_every_python_reads_the_pickle_of_every_other(protocol: int) -> None:
    for provider, _, pickled, _ in FROZEN:
        content = base64.b64decode(set_protocol(pickled, protocol))
        assert type(pickle.loads(content)) is provider  # noqa: S301 - our own


@pytest.mark.parametrize(("provider", "resource", "pickled", "token"), FROZEN)
def test_pickled_provider_and_type_token_are_those_of_every_state(
    provider: type[DynamicProvider], resource: type, pickled: str, token: str
) -> None:
    assert serialize_provider(provider()) == set_protocol(pickled, pickle.DEFAULT_PROTOCOL)
    assert f"pulumi-python:{resource._resource_type_name}" == token  # type: ignore[attr-defined]  # noqa: SLF001 - the SDK's


def test_type_tokens_of_the_native_provider_are_those_of_every_state() -> None:
    tokens = {
        "adobe:index:BaseConnection",
        "adobe:index:DatabricksSourceConnection",
        "adobe:index:Dataflow",
        "adobe:index:LandingZoneCredentials",
        "adobe:index:SourceConnection",
        "adobe:index:TargetConnection",
    }

    assert {NATIVE.build_type_token(name) for name in RESOURCE_TYPE_NAMES} == tokens
    assert NATIVE.provider_type == "pulumi:providers:adobe"


def test_every_resource_type_is_frozen() -> None:
    assert {provider.resource_type for provider, *_ in FROZEN} == set(RESOURCE_TYPE_NAMES)


@pytest.mark.parametrize("pickled", sorted({pickled for _, _, pickled, _ in FROZEN}))
def test_pickle_is_a_reference_without_values(pickled: str) -> None:
    opcodes = [opcode.name for opcode, _, _ in pickletools.genops(base64.b64decode(pickled))]

    assert "STACK_GLOBAL" in opcodes
    assert "BUILD" not in opcodes


IMPORT_EVERYTHING_A_PROGRAM_DECLARES = """
import sys, pulumi_adobe
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES, get_resource_type
for name in pulumi_adobe.__all__:
    getattr(pulumi_adobe, name)
for name in RESOURCE_TYPE_NAMES:
    get_resource_type(name).schema.for_properties({})
"""
PRINT_MODULES = "print(*sorted(sys.modules), sep='\\n')"


def list_imported_modules(code: str) -> set[str]:
    """Return the modules that a Python process has imported after this code."""
    command = [sys.executable, "-c", f"{code}\n{PRINT_MODULES}"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def is_for_the_plugin_process(module: str) -> bool:
    """Return whether only the plugin's process needs the module: a life cycle, an HTTP library, or hooks."""
    return module.split(".", maxsplit=1)[0] in {"requests", "urllib3"} or (
        module.startswith("pulumi_adobe.") and (".lifecycle" in module or module.endswith(("_hooks", "_lifecycle")))
    )


@pytest.mark.parametrize(
    "code",
    ["import sys, pulumi_adobe", IMPORT_EVERYTHING_A_PROGRAM_DECLARES],
    ids=["import of the package", "every public name and every schema"],
)
def test_program_imports_neither_the_life_cycle_nor_hooks_nor_an_http_library(code: str) -> None:
    modules = list_imported_modules(code)

    assert "pulumi_adobe" in modules
    assert [module for module in sorted(modules) if is_for_the_plugin_process(module)] == []


def test_loading_hooks_imports_the_life_cycle() -> None:
    """Show that the test above can fail."""
    code = f"{IMPORT_EVERYTHING_A_PROGRAM_DECLARES}\nget_resource_type('Dataflow').load_hooks()"

    modules = {module for module in list_imported_modules(code) if is_for_the_plugin_process(module)}

    assert {"pulumi_adobe.lifecycle.operation", "pulumi_adobe.resource_types.dataflow_hooks"} <= modules
