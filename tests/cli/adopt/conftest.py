"""A stack whose Pulumi answers at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.safe_output import REDACTOR
from tests.cli.fake_stack import create_fake_stack


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    REDACTOR.__init__()  # type: ignore[misc]  # each test is a process of its own
    return create_fake_stack(tmp_path)
