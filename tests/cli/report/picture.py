"""Takes the pictures of docs/cli/report.md: a real preview, its report, and a headless Chromium that looks at it.

python -m tests.cli.report.picture docs/pictures
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.cli.report.planned import EVERYTHING, HOUSE_RULES, planned_project
from tests.emulator_process import EmulatorProcess

_SHOTS = (("report", 1240, "light", True), ("report-dark-phone", 390, "dark", False))
_PHONE_HEIGHT = 844


def report(folder: Path) -> Path:
    """The page of a preview with a create, an update, a replacement and a deletion."""
    page = folder / "plan.html"
    with EmulatorProcess.start(folder / "flow.sqlite") as emulator:
        project = planned_project(folder / "project", emulator)
        options = ("--stack", "dev", "--policy-pack", str(HOUSE_RULES), "--live", "--html", str(page))
        project.adobe_flow("report", *options, *EVERYTHING)
    return page


def main(pictures: Path) -> None:
    """Write them there."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        address = report(Path(folder)).as_uri()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, width, scheme, whole in _SHOTS:
            view = browser.new_page(
                viewport={"width": width, "height": _PHONE_HEIGHT}, color_scheme="dark" if scheme == "dark" else "light"
            )
            view.goto(address)
            view.screenshot(path=pictures / f"{name}.png", full_page=whole)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
