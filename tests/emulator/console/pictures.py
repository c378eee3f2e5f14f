"""Takes the pictures of the docs: `python -m tests.emulator.console.pictures [folder]`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.emulator.console.browsers import launch
from tests.emulator.console.story import tell
from tests.emulator_process import EmulatorProcess

FOLDER = Path(__file__).parents[3] / "docs" / "pictures"
DESKTOP, PHONE = (1280, 800), (375, 812)


@contextmanager
def looking(browser: Browser, size: tuple[int, int], scheme: Literal["light", "dark"]) -> Iterator[Page]:
    """A page of this size, which moves nothing."""
    width, height = size
    viewport = ViewportSize(width=width, height=height)
    page = browser.new_page(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    try:
        yield page
    finally:
        page.close()


def main(folder: Path) -> None:
    """The overview on a desk in light, a connection on a phone in dark."""
    with (
        tempfile.TemporaryDirectory() as data,
        EmulatorProcess.start(Path(data) / "flow.sqlite") as emulator,
        sync_playwright() as playwright,
    ):
        story = tell(emulator)
        with launch(playwright) as browser:
            with looking(browser, DESKTOP, "light") as page:
                page.goto(emulator.url)
                page.screenshot(path=folder / "console-overview.png", full_page=True)
            with looking(browser, PHONE, "dark") as page:
                page.goto(f"{emulator.url}/console/connections/{story.orders}")
                page.screenshot(path=folder / "console-phone.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
