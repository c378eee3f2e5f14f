"""The package schema has all that the provider takes and gives, and the committed Python SDK is made of it."""

from __future__ import annotations

import hashlib
import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2 as pb

from docs.package_schema import format_schema
from pulumi_adobe import native
from pulumi_adobe.plugin.native import package_schema
from pulumi_adobe.plugin.native.package_schema import SCHEMA_FILE, read_schema
from pulumi_adobe.plugin.native.program_inputs import list_input_names
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES, get_resource_type
from pulumi_adobe.schema.naming import snake_case
from tests.plugin.native.conftest import StartProvider

SDK = Path(native.__file__).parent
IMPORT_BUDGET_SECONDS = 0.030


def get_resource(type_name: str) -> dict[str, Any]:
    resource: dict[str, Any] = read_schema()["resources"][f"adobe:index:{type_name}"]
    return resource


def test_type_tokens_and_aliases_never_change() -> None:
    """Users' states have them."""
    aliases = {
        token: [alias["type"] for alias in each["aliases"]] for token, each in read_schema()["resources"].items()
    }

    dynamic = "pulumi-python:dynamic/adobe:"
    assert aliases == {
        "adobe:index:DatabricksSourceConnection": [f"{dynamic}DatabricksSourceConnection"],
        "adobe:index:BaseConnection": [
            f"{dynamic}BaseConnection",
            f"{dynamic}AzureBlobSourceConnection",
            f"{dynamic}BigQuerySourceConnection",
            f"{dynamic}MySQLSourceConnection",
            f"{dynamic}PostgreSQLSourceConnection",
            f"{dynamic}S3SourceConnection",
            f"{dynamic}SnowflakeSourceConnection",
        ],
        "adobe:index:SourceConnection": [f"{dynamic}SourceConnection"],
        "adobe:index:TargetConnection": [f"{dynamic}TargetConnection"],
        "adobe:index:Dataflow": [f"{dynamic}Dataflow"],
        "adobe:index:LandingZoneCredentials": [f"{dynamic}LandingZoneCredentials"],
    }


def test_file_is_up_to_date() -> None:
    """`python -m docs.generate` writes it."""
    assert SCHEMA_FILE.read_text("utf-8") == format_schema()


def test_python_sdk_is_generated_from_this_schema() -> None:
    """`make sdk` writes it."""
    digest = hashlib.sha256(package_schema.format_schema().encode()).hexdigest()

    assert digest in (SDK / "__init__.py").read_text("utf-8")


@pytest.mark.parametrize("type_name", RESOURCE_TYPE_NAMES)
def test_resource_has_every_input_with_its_text_and_declared_secrets(type_name: str) -> None:
    resource, schema = get_resource(type_name), get_resource_type(type_name).schema

    assert list(resource["inputProperties"]) == list(list_input_names(get_resource_type(type_name).schema))
    assert all(len(each["description"]) > 10 for each in resource["properties"].values())
    secrets = {field.name for field in schema.secret_fields} | set(schema.secret_outputs)
    assert {name for name, each in resource["properties"].items() if each.get("secret")} == secrets


@pytest.mark.parametrize("type_name", RESOURCE_TYPE_NAMES)
def test_python_class_takes_every_input(type_name: str) -> None:
    arguments = inspect.signature(getattr(native, f"{type_name}Args")).parameters if _has_arguments(type_name) else {}

    assert set(arguments) == {snake_case(name) for name in list_input_names(get_resource_type(type_name).schema)}


def _has_arguments(type_name: str) -> bool:
    return hasattr(native, f"{type_name}Args")


def test_plugin_answers_with_the_schema_of_its_version(start_provider: StartProvider) -> None:
    schema = json.loads(start_provider().stub.GetSchema(pb.GetSchemaRequest()).schema)

    assert schema == read_schema()
    assert schema["version"]


def test_imports_of_a_program_stay_cheap() -> None:
    """The package imports the one module of a resource, and no library that `pulumi` has not imported before."""
    code = (
        "import sys, time, pulumi, pulumi.runtime; before = set(sys.modules); begin = time.process_time()\n"
        "from pulumi_adobe.native import DatabricksSourceConnection\n"
        "print(time.process_time() - begin, *(set(sys.modules) - before))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(3)
    ]

    assert all(module.startswith("pulumi_adobe") for module in runs[0][1:])
    assert "pulumi_adobe.native.dataflow" not in runs[0]
    assert min(float(run[0]) for run in runs) < IMPORT_BUDGET_SECONDS


def test_dynamic_classes_import_nothing_of_the_native_adapter() -> None:
    code = (
        "import sys; from pulumi_adobe import DatabricksSourceConnection, Dataflow\n"
        "sys.exit(any('native' in module for module in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
