"""Write the parts of the documentation that are generated from the code: `python -m docs.generate`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from docs import package_schema, resource_pages
from docs.errata_table import build_errata_table
from docs.fault_table import build_fault_table
from docs.probe_table import build_probe_table, build_unknown_table
from docs.run_error_table import build_run_error_table
from docs.source_names import SOURCE_NAMES, build_source_names
from docs.source_table import build_reach_table, build_source_table
from pulumi_adobe.config.settings import SETTINGS_TABLE, Setting

FAULTS: Final = Path(__file__).parent / "reference" / "faults.md"
SOURCES: Final = Path(__file__).parent / "reference" / "sources.md"
RUN_ERRORS: Final = Path(__file__).parent / "reference" / "run-errors.md"
CONTRACT: Final = Path(__file__).parent / "explanation" / "contract.md"
SETTINGS: Final = Path(__file__).parent / "reference" / "settings.md"
PROBE: Final = Path(__file__).parent / "cli" / "probe.md"


def build_settings_table() -> str:
    """Return the table of the settings in Markdown, one line per setting."""
    return "".join(f"{line}\n" for line in _build_setting_lines())


def _build_setting_lines() -> Iterator[str]:
    yield "| setting | description | default | kind |"
    yield "|---|---|---|---|"
    for setting in SETTINGS_TABLE:
        names = [f"`{setting.config_key}`"] if setting.allowed_in_config else []
        names.append(f"`{setting.variable}`")
        description = f"{setting.description} A secret." if setting.secret else setting.description
        default, kind = _format_default(setting), setting.kind.name.lower()
        yield f"| {'<br>'.join(names)} | {description} | {default} | {kind} |"


def _format_default(setting: Setting) -> str:
    if setting.required:
        return "**required**"
    return f"`{setting.default}`" if setting.default else ""


PAGES: Final[Mapping[Path, Mapping[str, Callable[[], str]]]] = {
    SETTINGS: {"settings": build_settings_table},
    FAULTS: {"faults": build_fault_table},
    RUN_ERRORS: {"run-errors": build_run_error_table},
    SOURCES: {"reach": build_reach_table, "sources": build_source_table},
    CONTRACT: {"errata": build_errata_table},
    PROBE: {"probes": build_probe_table, "unknown": build_unknown_table},
}
"""By page: the function that builds the block between `<!-- name -->` and `<!-- /name -->`, by name."""


def replace_blocks(page: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """Return the page with newly built blocks.

    Raises:
        ValueError: The page lacks the markers of a block, or has them several times.
    """
    for name, build in blocks.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        old_blocks = re.findall(f"{begin}.*?{end}", page, re.DOTALL)
        if len(old_blocks) != 1:
            raise ValueError(
                f"<!-- {name} --> … <!-- /{name} --> must be in the page once, not {len(old_blocks)} times"
            )
        page = page.replace(old_blocks[0], f"{begin}{build()}{end}")
    return page


def main() -> None:
    """Write all generated pages and blocks."""
    for file, blocks in PAGES.items():
        file.write_text(replace_blocks(file.read_text("utf-8"), blocks), "utf-8")
        sys.stdout.write(f"Written: {file.name} ({', '.join(blocks)})\n")
    SOURCE_NAMES.write_text(build_source_names(), "utf-8")
    sys.stdout.write(f"Written: {SOURCE_NAMES.name}\n")
    sys.stdout.write(f"Written: {package_schema.write_schema().name}\n")
    for file, text in resource_pages.build_pages().items():
        file.write_text(text, "utf-8")
    sys.stdout.write(f"Written: {resource_pages.FOLDER.name}/\n")


if __name__ == "__main__":
    main()
