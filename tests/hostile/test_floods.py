"""Endless and huge responses: the operation ends in time and needs little memory, whatever arrives."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from tests.hostile.attacks import FLOODS, build_gzip_bomb
from tests.hostile.broken_service import CREATED_ID, BrokenService
from tests.hostile.trials import TIMEOUT

pytestmark = pytest.mark.slow

ROOT: Final = Path(__file__).parents[2]
MAX_MEGABYTES: Final = 128
GRACE_SECONDS: Final = 2.0
PLACES: Final = ("list", "create")


@dataclass(frozen=True)
class Report:
    """What the flooded process printed, and what the service did."""

    result: Any
    error: str
    seconds: float
    megabytes: float
    writes: list[str]


@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize("place", PLACES)
def test_flood_of_data_ends_in_time_and_needs_little_memory(flood: str, place: str) -> None:
    report = _run_everywhere(flood)[place]

    assert report.seconds < TIMEOUT + GRACE_SECONDS
    assert report.megabytes < MAX_MEGABYTES
    assert "planted" not in report.error
    if flood == "just enough objects" and place == "list":
        assert len(report.result) == 149_001
    elif place != "create":
        assert report.error
    else:
        # Also a refusal that is not Adobe's is no proof that nothing was created: it is looked for, and found.
        assert (report.error, report.result, report.writes) == ("", CREATED_ID, ["create"])


@cache
def _run_everywhere(flood: str) -> Mapping[str, Report]:
    """Run the processes at the same time: they mostly wait for their timeout."""
    build_gzip_bomb()  # now, because it takes a second that is not the provider's
    with ThreadPoolExecutor(len(PLACES)) as pool:
        reports = {place: pool.submit(_run, flood, place) for place in PLACES}
        return {place: report.result() for place, report in reports.items()}


def _run(flood: str, place: str) -> Report:
    service = BrokenService(place, FLOODS[flood])
    with service.run() as url:
        command = [sys.executable, "-m", "tests.hostile.flooded_process", url, place]
        process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return Report(**json.loads(process.stdout), writes=service.writes)
