"""Every file, heading and make target that the documentation names is there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    check=True,
    capture_output=True,
    text=True,
).stdout.splitlines()
PAGES = [name for name in TRACKED if name.endswith(".md")]
FOLDERS = [ROOT, ROOT / "provider" / "pulumi_adobe"]
"""Where the paths begin that stand in code type; the design names the provider's modules without their folder."""

LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`(\.?[\w-][\w.-]*(?:/[\w.-]+)*/?)`")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"\.(?:py|toml|yaml|json|lock|in)$|^[A-Z]+\.md$|^(?:Makefile|LICENSE)$")
"""Names of files of ours; pages of Adobe's documentation have names like `update.md`."""
MADE = {".venv", ".tools", ".state"}
"""Made by the set-up and by runs."""


def links(page: str) -> Iterator[str]:
    text = FENCE.sub("", (ROOT / page).read_text("utf-8"))
    return (found for found in LINK.findall(text) if not re.match(r"https?:", found))


def named_files(page: str) -> Iterator[str]:
    """What stands in code type and is the name of a file, or a path below a folder of ours."""
    for name in PATH.findall(FENCE.sub("", (ROOT / page).read_text("utf-8"))):
        first = name.split("/")[0]
        ours = "/" in name and any((folder / first).is_dir() for folder in FOLDERS)
        if first not in MADE and (ours or NAMED.search(name)):
            yield name


def headings(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_in_the_markdown_files_has_a_target(page: str) -> None:
    for link in links(page):
        path, _, heading = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        assert not heading or heading in headings(target), link


@pytest.mark.parametrize("page", PAGES)
def test_every_file_named_in_the_docs_exists(page: str) -> None:
    folders = [*FOLDERS, (ROOT / page).parent]
    basenames = {Path(name).name for name in TRACKED}
    missing = [
        name
        for name in named_files(page)
        if not any((folder / name).exists() for folder in folders) and ("/" in name or name not in basenames)
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_named_in_the_docs_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"(?:`|^\$? ?)make (?:-s |-C \S+ )?([a-z-]+)", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    assert set(named) <= targets
