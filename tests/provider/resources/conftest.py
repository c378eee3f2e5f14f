"""Pulumi's own mocks in the place of the engine."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator

import pulumi
import pytest

from tests.provider.resources.mock_engine import MockEngine


@pytest.fixture
def mock_engine() -> Iterator[MockEngine]:
    # The SDK needs a current event loop, and other tests may have closed theirs.
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    mock_engine = MockEngine()
    pulumi.runtime.set_mocks(mock_engine, project="project", stack="dev")
    yield mock_engine
    pulumi.runtime.settings.reset_options()
    asyncio.set_event_loop(None)
    loop.close()
    # The mocks leave coroutines and loops behind; collected here, they disturb no other test.
    gc.collect()
    # The next collection looks at newer objects only: one of everything takes half a second.
    gc.freeze()
