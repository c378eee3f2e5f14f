"""The built site in a real browser; skipped, aloud, where there is none."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, FloatRect, Page, expect, sync_playwright

from tests.docs.test_site import site  # noqa: F401 - a fixture
from tests.emulator.console.browsers import NAMES, installed, launch

pytestmark = pytest.mark.slow

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
DRAWINGS = ("overview", "dataflow", "etag")
PAGES_OF_EACH_KIND = (
    "index",
    "tutorial",
    "how-to/ci",
    "reference/settings",
    "reference/emulator",
    "explanation/two-adapters",
    "resources/Dataflow",
    "cli/adopt",
    "404",
)
PHONE, DESKTOP = (390, 844), (1280, 800)
CONTRAST = (Path(__file__).parents[1] / "emulator" / "console" / "contrast.js").read_text("utf-8")
SMALLEST_LETTERS = 11
"""CSS pixels, on a phone."""
FIND_PROTRUDING_TEXTS = """() => {
  const drawing = document.documentElement.getBoundingClientRect();
  const boxes = [...document.querySelectorAll("rect")].map((box) => box.getBoundingClientRect());
  return [...document.querySelectorAll("text")].filter((text) => {
    const place = text.getBoundingClientRect();
    const around = boxes.filter((box) => box.left <= place.left + 1 && place.left < box.right
      && box.top <= place.top + 1 && place.bottom <= box.bottom + 1);
    return place.right > drawing.right - 4 || around.some((box) => place.right > box.right - 2);
  }).map((text) => text.textContent);
}"""
"""Every text of a drawing that leaves the drawing, or a box in which it begins."""


class _SiteHandler(SimpleHTTPRequestHandler):
    """Serves the site as a web host does: with its page 404 for each path that it does not have."""

    def log_message(self, *_: object) -> None:
        """Log nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page 404."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:  # noqa: F811 - the fixture
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_SiteHandler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if installed() is None:
        pytest.skip(f"NO BROWSER HERE ({', '.join(NAMES)}): the site was not tried in one; apt-get install chromium")
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that must ask nobody but the site."""
    page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    asked_elsewhere: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:")) else asked_elsewhere.append(request.url),
    )
    yield page
    page.close()
    assert asked_elsewhere == []


def test_the_pages_lead_to_the_next_and_the_previous_one(page: Page, address: str) -> None:
    page.goto(f"{address}/index.html")
    page.get_by_role("link", name="Next: ").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("connections as code")
    page.get_by_role("link", name="Previous: ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("connections as code")


def test_an_address_that_does_not_exist_has_a_page_with_a_way_back(page: Page, address: str) -> None:
    answer = page.goto(f"{address}/how-to/nowhere/at-all.html")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("This page does not exist")
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    page.locator("article").get_by_role("link", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("connections as code")


def test_the_copy_button_leaves_out_prompts_and_output(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/reference/emulator.html")
    block = page.locator(".highlight", has_text="flow_service_emulator --port 8765").first
    assert "\nFlow Service emulator on " in block.inner_text()

    block.hover()
    block.get_by_role("button", name="Copy to clipboard").click()

    start, status, stop = page.evaluate("navigator.clipboard.readText()").splitlines()
    command = "python -m flow_service_emulator"
    assert start == f"{command} --port 8765 --data .state/flow-service.sqlite --detach"
    assert (status, stop) == tuple(
        f"{command} --data .state/flow-service.sqlite --{word}" for word in ("status", "stop")
    )


@pytest.mark.parametrize("width", [300, 760])
def test_names_in_tables_do_not_break(page: Page, address: str, width: int) -> None:
    """As a list of cards, and as the narrowest table."""
    page.set_viewport_size({"width": width, "height": PHONE[1]})
    page.goto(f"{address}/reference/settings.html")
    lines = "codes => codes.map(code => [code.textContent, code.getClientRects().length])"
    names = dict(page.locator("td code").evaluate_all(lines))
    assert {name: count for name, count in names.items() if len(name) <= 40 and "/" not in name and count > 1} == {}
    assert names["ADOBE_ALLOW_ENDPOINT"] == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_and_fit_a_phone(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, color_scheme=scheme)
    for path in PAGES_OF_EACH_KIND:
        response = page.goto(f"{address}/{path}.html")
        assert response is not None
        assert response.status == 200, path  # the page of an address that does not exist fits any phone
        assert page.evaluate(CONTRAST.replace('"body *"', '"article *"')) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
    page.close()


def test_the_drawings_follow_the_switch_between_light_and_dark(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, color_scheme="light")
    page.goto(f"{address}/index.html")
    box = page.get_by_role("img", name="The path of a request").bounding_box()
    assert box is not None
    ground: FloatRect = {
        "x": box["x"] + box["width"] * 0.8,
        "y": box["y"] + box["height"] * 0.05,
        "width": 8.0,
        "height": 8.0,
    }
    in_light = page.screenshot(clip=ground, full_page=True)
    page.locator("label[title=Dark]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.wait_for_timeout(500)  # the colours of Material change slowly
    in_dark = page.screenshot(clip=ground, full_page=True)
    page.locator("label[title=Light]").click()
    page.wait_for_timeout(500)
    assert page.screenshot(clip=ground, full_page=True) == in_light != in_dark
    page.close()


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_is_readable_on_a_phone(browser: Browser, name: str, scheme: Literal["light", "dark"]) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto((PICTURES / f"{name}.svg").as_uri())
    assert page.evaluate(FIND_PROTRUDING_TEXTS) == []
    colours = page.evaluate(
        "['--ground', '--ink'].map(name => getComputedStyle(document.documentElement)[name] ||"
        " getComputedStyle(document.documentElement).getPropertyValue(name).trim())"
    )
    assert colours == (["#ffffff", "#1b2124"] if scheme == "light" else ["#171c1f", "#e3e8ea"])
    width = page.evaluate("document.documentElement.viewBox.baseVal.width")
    size = page.evaluate(
        "Math.min(...[...document.querySelectorAll('text')].map(t => parseFloat(getComputedStyle(t).fontSize)))"
    )
    assert size * (PHONE[0] - 32) / width >= SMALLEST_LETTERS
    page.close()
