"""Hooks of MkDocs for the site: folders in the navigation, and pages and links outside of `docs/`."""

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
"""Pages in the project's root that the site includes."""

_LINK: Final = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Replace each folder in the navigation by its pages."""
    if config.nav is not None:
        config.nav = [_expand_folders(entry) for entry in config.nav]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the project's root."""
    for name in OUTSIDE:
        files.append(File.generated(config, name, content=(ROOT / name).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs names it
    """Replace each link to a file outside of the site by the name of the file."""
    return _LINK.sub(lambda link: _adapt_link(link, page.file.src_uri, files), markdown)


def _expand_folders(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {
            title: _list_pages(value) if isinstance(value, str) else [*map(_expand_folders, value)]
            for title, value in entry.items()
        }
    return entry


def _list_pages(entry: str) -> str | list[str]:
    folder = ROOT / "docs" / entry
    if not folder.is_dir():
        return entry
    names = sorted(file.name for file in folder.glob("*.md"))
    return [f"{entry}/{name}" for name in sorted(names, key=lambda name: name != "README.md")]


def _adapt_link(link: re.Match[str], page: str, files: Files) -> str:
    text, target = link[1], link[2]
    if re.match(r"[a-z]+:|#", target):
        return link[0]
    path, _, heading = target.partition("#")
    is_in_root = page in OUTSIDE
    target_file = posixpath.normpath(
        posixpath.join("" if is_in_root else posixpath.join("docs", posixpath.dirname(page)), path)
    )
    known_file = target_file if target_file in OUTSIDE else target_file.removeprefix("docs/")
    if files.get_file_from_path(known_file) and (target_file in OUTSIDE or target_file.startswith("docs/")):
        relative = posixpath.relpath(known_file, posixpath.dirname(page) or ".")
        return f"[{text}]({relative}{'#' + heading if heading else ''})"
    if not (ROOT / target_file).exists():
        return link[0]  # MkDocs reports it
    return f"{text} (`{target_file}`)" if target_file not in text else text
