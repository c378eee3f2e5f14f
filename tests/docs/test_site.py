"""The site builds without a warning and without a network, and every link and anchor of it leads somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


class Html(HTMLParser):
    """What a page links to, what it loads by itself, and what can be linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in {"script", "img", "iframe"} and "src" in given:
            self.loaded.append(given["src"])
        elif tag == "link" and given.get("rel") != "canonical":
            self.loaded.append(given.get("href", ""))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    env = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Html]:
    found = {}
    for file in site.rglob("*.html"):
        found[file] = Html()
        found[file].feed(file.read_text(encoding="utf-8"))
    return found


def test_every_link_and_anchor_of_the_site_has_a_target(pages: dict[Path, Html], site: Path) -> None:
    broken = []
    for file, page in pages.items():
        for link in page.links:
            target = urlsplit(link)
            if target.scheme or target.netloc or file.name == "404.html":
                continue
            place = (file.parent / unquote(target.path)).resolve() if target.path else file
            place = place / "index.html" if place.is_dir() else place
            if not place.exists() or (target.fragment and unquote(target.fragment) not in pages[place].ids):
                broken.append(f"{file.relative_to(site)}: {link}")
    assert broken == []


def test_docs_site_loads_nothing_from_other_hosts(pages: dict[Path, Html], site: Path) -> None:
    assert [
        (str(file), each) for file, page in pages.items() for each in page.loaded if re.match(r"(https?:)?//", each)
    ] == []
    styles = "".join(file.read_text(encoding="utf-8") for file in site.rglob("*.css"))
    assert re.findall(r"url\((?:https?:)?//[^)]*\)", styles) == []


def test_every_page_is_in_the_navigation(pages: dict[Path, Html], site: Path) -> None:
    home = pages[site / "index.html"]

    reached = {(site / urlsplit(link).path).resolve() for link in home.links if not urlsplit(link).scheme}
    assert sorted(str(file.relative_to(site)) for file in set(pages) - reached - {site / "404.html"}) == []
