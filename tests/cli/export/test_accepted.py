"""What an export declares is what the provider's classes take: they refuse none of it."""

from __future__ import annotations

import ast
import asyncio
from types import SimpleNamespace
from typing import Any

import pulumi
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pulumi_adobe
from adobe_flow.export.files import texts
from tests.cli.export.hostile import entities
from tests.cli.export.test_program import calls, export
from tests.property_examples import scale_examples

PUBLIC = {name: getattr(pulumi_adobe, name) for name in pulumi_adobe.__all__}
FILLED_IN = {"config": SimpleNamespace(require_secret=lambda _key: "filled-in"), "PLACES": {"dev": None}}


@given(st.lists(entities(), min_size=1, max_size=10))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=scale_examples(60))
def test_no_class_refuses_what_is_exported(found: list[dict[str, Any]]) -> None:
    asyncio.run(declare(texts(export(*found), as_config=False, several=False).main))


async def declare(text: str) -> None:
    """Run each call; the arguments are judged before the engine is asked for, and there is none."""
    for call in calls(text):
        try:
            exec(ast.unparse(call), {**PUBLIC, **FILLED_IN})  # noqa: S102 - the program under test
        except pulumi.RunError:
            raise
        except Exception as error:
            if "Pulumi engine" not in str(error):
                raise
