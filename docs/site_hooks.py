"""What MkDocs does not do by itself for the site: folders in the navigation, pages and links outside of `docs/`."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).parents[1]
OUTSIDE: Final = ("CONTRIBUTING.md", "CHANGELOG.md")
"""Pages of the project's root that the site has too."""

_LINK: Final = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """A folder in the navigation stands for all of its pages."""
    if config.nav is not None:
        config.nav = [_expanded(entry) for entry in config.nav]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The root's pages come in."""
    for name in OUTSIDE:
        files.append(File.generated(config, name, content=(ROOT / name).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs names it
    """A link to a file that the site does not have becomes that file's name."""
    return _LINK.sub(lambda link: _within(link, page.file.src_uri, files), markdown)


def _expanded(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {
            title: _pages(value) if isinstance(value, str) else [*map(_expanded, value)]
            for title, value in entry.items()
        }
    return entry


def _pages(entry: str) -> str | list[str]:
    folder = ROOT / "docs" / entry
    if not folder.is_dir():
        return entry
    names = sorted(file.name for file in folder.glob("*.md"))
    return [f"{entry}/{name}" for name in sorted(names, key=lambda name: name != "README.md")]


def _within(link: re.Match[str], page: str, files: Files) -> str:
    text, target = link[1], link[2]
    if re.match(r"[a-z]+:|#", target):
        return link[0]
    path, _, heading = target.partition("#")
    of_root = page in OUTSIDE
    place = posixpath.normpath(posixpath.join("" if of_root else posixpath.join("docs", posixpath.dirname(page)), path))
    known = place if place in OUTSIDE else place.removeprefix("docs/")
    if files.get_file_from_path(known) and (place in OUTSIDE or place.startswith("docs/")):
        relative = posixpath.relpath(known, posixpath.dirname(page) or ".")
        return f"[{text}]({relative}{'#' + heading if heading else ''})"
    if not (ROOT / place).exists():
        return link[0]  # for MkDocs to complain of
    return f"{text} (`{place}`)" if place not in text else text
