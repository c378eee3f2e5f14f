"""A stack whose Pulumi answers at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from adobe_flow.pulumi_cli.stack import Stack
from tests.cli.fake_stack import create_fake_stack


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    return create_fake_stack(tmp_path)
