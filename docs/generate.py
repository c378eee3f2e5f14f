"""Writes the parts of the pages that are made from the code: `python -m docs.generate`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from docs import resource_pages
from docs.fault_table import fault_table
from docs.source_table import source_table
from pulumi_adobe.config.settings import SETTINGS_TABLE, Setting

README: Final = Path(__file__).parents[1] / "README.md"
FAULTS: Final = Path(__file__).with_name("faults.md")
SOURCES: Final = Path(__file__).with_name("sources.md")
SETTINGS: Final = Path(__file__).with_name("settings.md")


def settings_table() -> str:
    """The settings of `pulumi_adobe.config.settings`, a line each."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield "| key | variable | what it is | default | kind |"
    yield "|---|---|---|---|---|"
    for setting in SETTINGS_TABLE:
        key = f"`{setting.config_key}`" if setting.allowed_in_config else "(for one run)"
        meaning = f"{setting.description} (secret)" if setting.secret else setting.description
        yield f"| {key} | `{setting.variable}` | {meaning} | {_default(setting)} | {setting.kind.name.lower()} |"


def _default(setting: Setting) -> str:
    if setting.required:
        return "**required**"
    return f"`{setting.default}`" if setting.default else ""


PAGES: Final[Mapping[Path, Mapping[str, Callable[[], str]]]] = {
    README: {"settings": settings_table},
    SETTINGS: {"settings": settings_table},
    FAULTS: {"faults": fault_table},
    SOURCES: {"sources": source_table},
}
"""What stands in each page between `<!-- name -->` and `<!-- /name -->`, by name."""


def generated(page: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """The page with these blocks as the code has them. Raises ValueError where one has no place in it."""
    for name, make in blocks.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        found = re.findall(f"{begin}.*?{end}", page, re.DOTALL)
        if len(found) != 1:
            raise ValueError(f"<!-- {name} --> … <!-- /{name} --> must stand in the page once, not {len(found)} times")
        page = page.replace(found[0], f"{begin}{make()}{end}")
    return page


def main() -> None:
    """Write all pages anew."""
    for file, blocks in PAGES.items():
        file.write_text(generated(file.read_text("utf-8"), blocks), "utf-8")
        sys.stdout.write(f"Written: {file.name} ({', '.join(blocks)})\n")
    for file, text in resource_pages.files().items():
        file.write_text(text, "utf-8")
    sys.stdout.write(f"Written: {resource_pages.FOLDER.name}/\n")


if __name__ == "__main__":
    main()
