"""What an export declares is what the provider's classes take: they refuse none of it."""

from __future__ import annotations

import ast
import asyncio
from types import SimpleNamespace
from typing import Any

import pulumi
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pulumi_adobe
from adobe_flow.export.collect import SandboxExport
from adobe_flow.export.program import write_program
from tests.cli.export.hostile import dataflows, entities, source_connections, target_connections
from tests.cli.export.samples import export_bases, export_dataflows, export_sources, export_targets
from tests.cli.export.test_program import calls
from tests.property_examples import scale_examples

pytestmark = pytest.mark.slow

PUBLIC = {name: getattr(pulumi_adobe, name) for name in pulumi_adobe.__all__}
FILLED_IN = {
    "config": SimpleNamespace(require_secret=lambda _key: "filled-in", require=lambda _key: "6889f4f89b982b2b90bc1207"),
    "find_dataset": lambda _name: "6889f4f89b982b2b90bc1207",
}
QUICKLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=scale_examples(60))


@given(st.lists(entities(), min_size=1, max_size=10))
@QUICKLY
def test_exported_base_connection_is_accepted_by_its_class(found: list[dict[str, Any]]) -> None:
    asyncio.run(declare(export_bases(found)))


@given(st.lists(source_connections(), min_size=1, max_size=10))
@QUICKLY
def test_exported_source_connection_is_accepted_by_its_class(found: list[dict[str, Any]]) -> None:
    asyncio.run(declare(export_sources(found)))


@given(st.lists(target_connections(), min_size=1, max_size=10))
@QUICKLY
def test_exported_target_connection_is_accepted_by_its_class(found: list[dict[str, Any]]) -> None:
    asyncio.run(declare(export_targets(found, {str(each["params"]["dataSetId"]): "Orders" for each in found[:1]})))


@given(st.lists(dataflows(), min_size=1, max_size=10))
@QUICKLY
def test_exported_dataflow_is_accepted_by_its_class(found: list[tuple[dict[str, Any], Any]]) -> None:
    asyncio.run(declare(export_dataflows(found)))


@pytest.mark.parametrize(
    "flow_spec",
    [
        "RestStorageToAEP",
        pytest.param("Stream data with optional transformation", marks=pytest.mark.slow),
        pytest.param("Streaming SDK", marks=pytest.mark.slow),
    ],
)
@given(found=st.lists(dataflows(), min_size=1, max_size=10))
@QUICKLY
def test_exported_dataflow_of_another_source_family_is_accepted_by_its_class(
    found: list[tuple[dict[str, Any], Any]], flow_spec: str
) -> None:
    asyncio.run(declare(export_dataflows(found, flow_spec=flow_spec)))


async def declare(export: SandboxExport) -> None:
    """Run each call; the arguments are judged before the engine is asked for, and there is none."""
    for call in calls(write_program([export], is_single=True)["__main__.py"]):
        try:
            exec(ast.unparse(call), {**PUBLIC, **FILLED_IN})  # noqa: S102 - the program under test
        except pulumi.RunError:
            raise
        except Exception as error:
            if "Pulumi engine" not in str(error):
                raise
