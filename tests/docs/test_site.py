"""The site builds without a warning and without a network, and every link and anchor of it leads somewhere."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.site_hooks import list_commands

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
            if target.scheme or target.netloc:
                continue
            # The page 404 stands for any path, so its links begin at the root.
            folder = site if target.path.startswith("/") else file.parent
            place = (folder / unquote(target.path).lstrip("/")).resolve() if target.path else file
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


def test_the_page_404_leads_to_each_part_of_the_site_from_any_path(pages: dict[Path, Html], site: Path) -> None:
    text = (site / "404.html").read_text(encoding="utf-8")
    content = text[text.index("<article") : text.index("</article")]

    links = re.findall(r'href="([^"]*)"', content)
    assert "This page does not exist" in content
    assert len(links) == 5
    assert [link for link in (*links, *pages[site / "404.html"].loaded) if not link.startswith(("/", "data:"))] == []


def test_a_picture_loads_nothing_and_follows_dark_mode(site: Path) -> None:
    pictures = {file.name: file.read_text(encoding="utf-8") for file in (site / "pictures").glob("*.svg")}
    drawings = {name: text for name, text in pictures.items() if not name.startswith("cli-")}

    assert len(drawings) > 6
    assert [name for name, text in pictures.items() if re.search(r"(?:href=\"|url\()(?!#)|@import|<script", text)] == []
    assert [name for name, text in drawings.items() if "prefers-color-scheme: dark" not in text] == []


def test_the_home_page_has_a_picture_and_every_picture_has_a_text(site: Path) -> None:
    images = {file: re.findall(r"<img [^>]*>", file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}

    assert any("pictures/overview.svg" in image for image in images[site / "index.html"])
    assert [image for each in images.values() for image in each if not re.search(r'alt="[^"]{10,}"', image)] == []


def test_a_console_block_copies_its_commands_alone(site: Path) -> None:
    blocks = [
        block
        for file in site.rglob("*.html")
        for block in re.findall(r'<div class="highlight".*?</div>', file.read_text(encoding="utf-8"), re.DOTALL)
        if '<span class="gp">$ ' in block
    ]
    copied = [html.unescape(found[1]) for block in blocks if (found := re.search(r'data-copy="([^"]*)"', block))]

    assert len(blocks) == len(copied) > 50
    assert [text for text in copied if not text.strip() or text.startswith("$ ") or "\n$ " in text] == []


def test_lines_of_output_and_prompts_are_not_copied_but_continued_lines_are() -> None:
    highlighted = (
        '<span></span><span class="gp">$ </span>curl<span class="w"> </span>-d<span class="w"> </span>a=b \\\n'
        '<span class="w">    </span>-H<span class="w"> </span><span class="s1">\'x: &lt;1&gt;\'</span>\n'
        '<span class="go">{</span>\n\n<span class="go">}</span>\n'
        '<span class="gp">$ </span><span class="nb">echo</span> $HOME<span class="c1"># home</span>\n'
    )

    commands = list_commands(highlighted)

    assert commands == "curl -d a=b \\\n    -H 'x: <1>'\necho $HOME# home"


def test_each_cell_of_a_wide_table_names_its_column(site: Path) -> None:
    settings = (site / "reference" / "settings.html").read_text(encoding="utf-8")

    assert '<td data-label="default"><code class="name">fail</code></td>' in settings


def test_a_table_with_much_text_in_many_columns_is_a_list_of_cards_on_every_screen(site: Path) -> None:
    tables = {
        page: re.findall(r"<table[^>]*>", (site / page).read_text(encoding="utf-8"))
        for page in ("explanation/contract.html", "reference/faults.html")
    }

    assert '<table data-cards="always">' in tables["explanation/contract.html"]
    assert '<table data-cards="always">' not in tables["reference/faults.html"]


def test_a_path_in_a_table_may_break(site: Path) -> None:
    trust = (site / "explanation" / "trust.html").read_text(encoding="utf-8")

    assert "<code>tests/stack/test_trust.py</code>" in trust
    assert '<code class="name">tests/' not in trust


def test_every_page_is_in_the_navigation(pages: dict[Path, Html], site: Path) -> None:
    home = pages[site / "index.html"]

    reached = {(site / urlsplit(link).path).resolve() for link in home.links if not urlsplit(link).scheme}
    assert sorted(str(file.relative_to(site)) for file in set(pages) - reached - {site / "404.html"}) == []
