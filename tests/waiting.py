"""Waiting for something that another process does."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(reached: Callable[[], object], seconds: float = 60.0) -> None:
    """Look again and again whether the moment has come; it must come within this time."""
    ends = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < ends, "the moment never came"
        time.sleep(0.05)
