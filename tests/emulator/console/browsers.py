"""The browser of this machine, if it has one."""

from __future__ import annotations

import shutil
import subprocess

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """The path of the first that runs; Ubuntu has a script of that name that only tells how to get one."""
    found = (path for name in NAMES if (path := shutil.which(name)))
    return next((path for path in found if _runs(path)), None)


def _runs(path: str) -> bool:
    return subprocess.run([path, "--version"], capture_output=True, timeout=20, check=False).returncode == 0


def launch(playwright: Playwright) -> Browser:
    """Start it, without a window. Root, as CI is, may use it only without its sandbox; it sees our own pages alone."""
    return playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox"])
