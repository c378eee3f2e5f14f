"""The console in a real browser; skipped, aloud, where there is none."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.emulator.adobe_client import ORG, SECRET, lake, lake_with, replace
from tests.emulator.console.browsers import NAMES, installed, launch
from tests.emulator.console.pictures import DESKTOP, PHONE, looking
from tests.emulator.console.story import tell
from tests.emulator.dataflows.way import DATASET
from tests.emulator_process import EmulatorProcess
from tests.stack.project import ACCESS_TOKEN, CONNECTION, StackProject

pytestmark = pytest.mark.slow

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
A_ROUND, FOLLOWS = 2_100, 8_000
"""Milliseconds after which the page asks again, and in which it surely has what has happened."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if installed() is None:
        pytest.skip(f"NO BROWSER HERE ({', '.join(NAMES)}): the console was not tried in one; apt-get install chromium")
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Whatever the browser complains of, a refusal of the page's own policy too, fails the test."""
    with looking(browser, DESKTOP, "light") as page:
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        yield page
        assert complaints == []


def tab_to(page: Page, text: str) -> None:
    """Walk with the Tab key, seeing at each step where one is, until that link or button has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        there: dict[str, Any] = page.evaluate(
            "() => { const at = document.activeElement, style = getComputedStyle(at);"
            " return {text: at.textContent.trim(), seen: style.outlineStyle !== 'none', top: at === document.body} }"
        )
        assert there["seen"] or there["top"], there
        if there["text"] == text:
            return
    pytest.fail(f"the Tab key does not lead to {text!r}")


def read_by_keyboard(page: Page, etag: str) -> list[str]:
    """From the overview through all pages about the connection; the source of each."""
    sources = [page.content()]
    page.evaluate("document.activeElement.blur()")
    for link, heading in (
        ("Skip to the content", "Overview"),
        (CONNECTION["name"], CONNECTION["name"]),
        ("POST /connections", "POST /connections"),
        ("Journal", "Journal"),
        ("Faults", "Faults"),
        ("Overview", "Overview"),
    ):
        tab_to(page, link)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        sources.append(page.content())
    assert etag in html.unescape(sources[2])
    assert "created" in sources[2]
    return sources


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_connection_created_by_pulumi_appears_without_a_reload_and_is_keyboard_accessible_without_a_secret(
    page: Page, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    project = StackProject(tmp_path / "project", emulator)
    project.declare(lake={})
    page.goto(emulator.url)
    page.evaluate("window.neverReloaded = true")
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()

    project.up()

    expect(page.get_by_role("link", name=CONNECTION["name"])).to_be_visible(timeout=FOLLOWS)
    assert page.evaluate("window.neverReloaded") is True
    (kept,), journal = emulator.connections(), emulator.journal()
    sources = read_by_keyboard(page, kept["etag"])
    assert (emulator.connections(), emulator.journal()) == ([kept], journal)
    for secret in (ACCESS_TOKEN, SECRET, hashlib.sha256(ACCESS_TOKEN.encode()).hexdigest()):
        assert all(secret not in source for source in sources)


def test_page_updates_itself_without_moving_the_focus(page: Page, emulator: EmulatorProcess) -> None:
    made = emulator.foreign_create(**lake())["id"]
    page.clock.install()
    page.goto(emulator.url)
    page.get_by_role("link", name="lake", exact=True).focus()
    emulator.foreign_edit(made, replace("/name", "lake of theirs"))
    page.clock.run_for(A_ROUND)
    expect(page.get_by_role("link", name="lake of theirs")).to_be_focused()
    emulator.foreign_create(**lake(name="second"))
    page.clock.run_for(A_ROUND)
    expect(page.get_by_role("status")).to_have_text("2 connections, 0 dataflows")


def test_paused_page_does_not_change_until_it_is_resumed(page: Page, emulator: EmulatorProcess) -> None:
    page.clock.install()
    page.goto(emulator.url)
    page.get_by_role("button", name="Live").press("Enter")
    emulator.foreign_create(**lake())
    with pytest.raises(PlaywrightTimeout), page.expect_request("**/*", timeout=500):
        page.clock.run_for(10 * A_ROUND)
    expect(page.get_by_role("link", name="lake", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Paused").press(" ")
    expect(page.get_by_role("link", name="lake", exact=True)).to_be_visible()


def test_page_shows_that_the_emulator_is_unreachable_and_reachable_again(browser: Browser, tmp_path: Path) -> None:
    with EmulatorProcess.start(tmp_path / "own.sqlite") as own, looking(browser, DESKTOP, "light") as page:
        page.clock.install()
        page.goto(own.url)
        own.kill()
        page.clock.run_for(A_ROUND)
        expect(page.get_by_role("status")).to_contain_text("does not answer")
        own.restart()
        page.clock.run_for(A_ROUND)
        expect(page.get_by_role("status")).to_have_text("The emulator answers again.")


def test_fault_is_added_and_removed_by_plain_html_forms(page: Page, emulator: EmulatorProcess) -> None:
    page.goto(f"{emulator.url}/console/faults")
    page.get_by_label("Method").select_option("POST")
    page.get_by_label("Status instead of the answer").fill("503")
    page.get_by_role("button", name="Switch it on").press("Enter")
    expect(page.get_by_text("The fault waits for its request.")).to_be_visible()
    assert [each["route"] for each in emulator.control("GET", "faults")] == ["POST /connections"]
    page.get_by_role("button", name="Take back").press("Enter")
    expect(page.get_by_text("The fault is taken back.")).to_be_visible()
    assert emulator.control("GET", "faults") == []


def test_checkboxes_stand_beside_their_labels(page: Page, emulator: EmulatorProcess) -> None:
    page.goto(f"{emulator.url}/console/faults")
    for width in (PHONE[0], DESKTOP[0]):
        page.set_viewport_size({"width": width, "height": 800})
        for label in ("The status comes after the change was made", "The client\u2019s etag is stale"):
            box, text = page.get_by_label(label).bounding_box(), page.get_by_text(label, exact=True).bounding_box()
            assert box is not None
            assert text is not None
            assert 0 < text["x"] - (box["x"] + box["width"]) < 16, (width, label)
            middle_of_first_line = text["y"] + 11
            assert box["height"] < 22, (width, label)
            assert abs(box["y"] + box["height"] / 2 - middle_of_first_line) < 4, (width, label)


def test_the_slash_goes_to_the_search_and_is_written_in_a_field(page: Page, emulator: EmulatorProcess) -> None:
    for path in ("/", "/console/journal"):
        page.goto(f"{emulator.url}{path}")
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("a/b")
        expect(page.get_by_role("searchbox")).to_have_value("a/b")


def test_an_id_and_an_etag_can_be_copied(page: Page, emulator: EmulatorProcess) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    made = emulator.foreign_create(**lake())
    page.goto(f"{emulator.url}/console/connections/{made['id']}")
    for name in ("id", "etag"):
        page.get_by_role("button", name=f"Copy the {name}").press("Enter")
        expect(page.get_by_role("status")).to_have_text(f"Copied: {made[name]}")
        assert page.evaluate("navigator.clipboard.readText()") == made[name]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_phone_and_small_window_with_sufficient_contrast(
    browser: Browser, emulator: EmulatorProcess, scheme: Literal["light", "dark"]
) -> None:
    story = tell(emulator)
    long = emulator.foreign_create(**lake_with(clusterId="c" * 200) | {"name": "n" * 200, "description": "d" * 200})
    connections = [f"connections/{each}" for each in (story.orders, story.deleted, long["id"])]
    dataset = f"datasets/{DATASET}?{urlencode({'org': ORG, 'sandbox': 'dev'})}"
    below = ["journal", "journal/2", "faults", f"dataflows/{story.flow}", dataset, *connections, "nowhere"]
    with looking(browser, PHONE, scheme) as page:
        for path in ("/", *(f"/console/{each}" for each in below)):
            page.goto(f"{emulator.url}{path}")
            assert page.evaluate(CONTRAST) == [], path
            for width in (PHONE[0], 993, DESKTOP[0]):
                page.set_viewport_size({"width": width, "height": PHONE[1]})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
