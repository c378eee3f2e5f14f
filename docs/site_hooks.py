"""Hooks of MkDocs for the site: folders in the navigation, pages and links outside of `docs/`, what a block copies."""

from __future__ import annotations

import html
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

_MIN_CARD_COLUMNS: Final = 3
"""A table with so many columns is a list of cards on a phone."""
_WIDE_COLUMNS: Final = 5
_LONG_CELL: Final = 40
"""A table with so many columns, whose cells have so many letters on average, is a list of cards on every screen."""

_LINK: Final = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
_BLOCK: Final = re.compile(r'<div class="highlight">(?=<pre>)(.*?)</div>', re.DOTALL)
_CODE: Final = re.compile(r"<code>(.*)</code>", re.DOTALL)
_PROMPT: Final = re.compile(r'<span class="gp">[^<]*</span>')
_OUTPUT: Final = '<span class="go">'
_TABLE: Final = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEADING: Final = re.compile(r"<th(?: [^>]*)?>(.*?)</th>", re.DOTALL)
_ROW: Final = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL: Final = re.compile(r"<td([^>]*)>(.*?)</td>", re.DOTALL)
_NAME: Final = re.compile(r"<code>([^<\s/]{1,40}|[^</]{1,24})</code>")
"""Code in a cell that is one word or short: a setting, an argument, an option. Longer ones, and paths, may break."""


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


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs names them
    """Let the copy button of a console block copy its commands alone, and mark the names that stand in tables."""
    content = _BLOCK.sub(lambda block: _add_commands(block[0]), content)
    return _TABLE.sub(lambda table: _adapt_table(table[0]), content)


def list_commands(code: str) -> str:
    """Return the commands of a highlighted console block: without prompts, and without the lines of output."""
    lines = [line for line in code.splitlines() if line and not line.startswith(_OUTPUT)]
    return "\n".join(html.unescape(re.sub(r"<[^>]*>", "", _PROMPT.sub("", line))) for line in lines).strip("\n")


def _add_commands(block: str) -> str:
    """Return a block with the attribute `data-copy`, which Material's copy button prefers, if the block has prompts."""
    code = _CODE.search(block)
    if code is None or _PROMPT.search(code[1]) is None:
        return block
    return block.replace(">", f' data-copy="{html.escape(list_commands(code[1]))}">', 1)


def _adapt_table(table: str) -> str:
    """Return a table whose names do not break; each cell of a wide one has its column's heading, for small screens."""
    headings = [html.escape(html.unescape(re.sub(r"<[^>]*>", "", cell))) for cell in _HEADING.findall(table)]
    table = _CELL.sub(lambda cell: _NAME.sub(r'<code class="name">\1</code>', cell[0]), table)
    if len(headings) < _MIN_CARD_COLUMNS:
        return table
    start = '<table data-cards="always">' if _is_wide(table, headings) else "<table data-cards>"
    return _ROW.sub(lambda row: _label_cells(row[0], headings), table.replace("<table>", start, 1))


def _is_wide(table: str, headings: list[str]) -> bool:
    """Return whether a table has more text in a row than a desktop shows side by side."""
    texts = [re.sub(r"<[^>]*>", "", content) for _, content in _CELL.findall(table)]
    return len(headings) >= _WIDE_COLUMNS and sum(map(len, texts)) > _LONG_CELL * len(texts)


def _label_cells(row: str, headings: list[str]) -> str:
    """Return a row whose cells name their columns."""
    labels = iter(headings)
    return _CELL.sub(lambda cell: f'<td{cell[1]} data-label="{next(labels)}">{cell[2]}</td>', row)


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
    if text.strip("`") == posixpath.basename(target_file):
        return f"`{target_file}`"
    if text.strip("`") == posixpath.basename(posixpath.dirname(target_file)):
        return f"`{posixpath.dirname(target_file)}`"
    return f"{text} (`{target_file}`)" if target_file not in text else text
