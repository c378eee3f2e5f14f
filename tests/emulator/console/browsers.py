"""The browser of this machine, if it has one."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """The path of the first that is there."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """Start it, without a window. Root, as CI is, may use it only without its sandbox; it sees our own pages alone."""
    return playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox"])
