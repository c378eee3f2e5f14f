"""The files of the pages, and the headers that keep a page to itself."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from flow_service_emulator.console.assets import TYPES, build_asset_address
from tests.emulator.console.console_client import PAGES, Console
from tests.emulator.console.story import tell
from tests.emulator_process import EmulatorProcess

PACKAGE = Path(__file__).parents[3] / "emulator"


@pytest.mark.parametrize("path", PAGES)
def test_content_security_policy_forbids_to_load_from_or_send_to_other_hosts(console: Console, path: str) -> None:
    headers = console.ask(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "'unsafe" not in headers["Content-Security-Policy"]
    for rule in ("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"):
        assert rule in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_no_page_needs_another_server_or_breaks_the_content_security_policy(
    emulator: EmulatorProcess, console: Console
) -> None:
    tell(emulator)
    for path in console.everywhere():
        text = console.ask(path).text
        assert re.findall(r'(?:href|src|action)="(?!/|#)[^"]*"', text) == []
        assert re.findall(r"<script(?! src)|<style| style=| on[a-z]+=|url\(|@import", text) == []


@pytest.mark.parametrize("name", TYPES)
def test_asset_is_cached_by_the_browser_until_its_content_changes(console: Console, name: str) -> None:
    current, bare = console.ask(build_asset_address(name)), console.ask(f"/console/assets/{name}")
    assert current.headers["Content-Type"].startswith(TYPES[name])
    assert "immutable" in current.headers["Cache-Control"]
    assert bare.headers["Cache-Control"] == "no-cache"
    assert current.content == bare.content != b""


@pytest.mark.parametrize("name", ["routes.py", "..%2Froutes.py", "%2e%2e/page.py", ""])
def test_file_outside_the_assets_is_not_served(console: Console, name: str) -> None:
    assert console.ask(f"/console/assets/{name}").status_code == 404


def test_wheel_contains_the_templates_and_assets(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=PACKAGE, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    console = PACKAGE / "flow_service_emulator" / "console"
    every = [*(console / "templates").iterdir(), *(console / "assets").iterdir()]
    files = {str(file.relative_to(PACKAGE)) for file in every}
    assert len(files) > 10
    assert files <= inside
