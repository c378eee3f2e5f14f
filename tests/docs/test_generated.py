"""The generated parts of the documentation are those of the code."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pulumi
import pytest
from pulumi import dynamic

import pulumi_adobe
from docs.generate import PAGES, SETTINGS, build_settings_table, replace_blocks
from docs.resource_pages import FOLDER, build_pages
from docs.resource_pages import PAGES as RESOURCE_PAGES
from pulumi_adobe import DatabricksSourceConnectionArgs
from pulumi_adobe.config.settings import SETTINGS_TABLE
from pulumi_adobe.schema.naming import snake_case
from pulumi_adobe.schema.resource_schema import SERVICE_OUTPUTS


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_generated_blocks_of_docs_pages_are_up_to_date(file: Path) -> None:
    """`python -m docs.generate` writes them."""
    page = file.read_text("utf-8")

    assert replace_blocks(page, PAGES[file]) == page


def test_generated_pages_of_the_resources_are_up_to_date() -> None:
    pages = build_pages()

    assert {file: file.read_text("utf-8") for file in FOLDER.glob("*.md")} == pages
    assert all("|---|" in text for text in pages.values())


def test_every_resource_has_a_page() -> None:
    resource_names = {
        name
        for name in pulumi_adobe.__all__
        if isinstance(exported := getattr(pulumi_adobe, name), type)
        and issubclass(exported, pulumi.ComponentResource | dynamic.Resource)
    }

    assert {page.name for page in RESOURCE_PAGES} == resource_names


def test_every_setting_has_a_line_in_the_docs() -> None:
    lines = build_settings_table().splitlines()

    assert all(f"`{setting.variable}`" in line for line, setting in zip(lines[2:], SETTINGS_TABLE, strict=True))


def test_docs_page_without_the_markers_of_a_block_is_refused() -> None:
    with pytest.raises(ValueError, match=r"settings.* 0 times"):
        replace_blocks("# A page without blocks\n", PAGES[SETTINGS])


def test_replacing_blocks_twice_changes_nothing_more() -> None:
    page, blocks = "<!-- settings -->\nold\n<!-- /settings -->\n", PAGES[SETTINGS]

    new_page = replace_blocks(page, blocks)

    assert new_page != page
    assert replace_blocks(new_page, blocks) == new_page


@pytest.mark.parametrize("name", [field.name for field in fields(DatabricksSourceConnectionArgs)])
def test_page_of_a_connection_describes_every_argument(name: str) -> None:
    assert f"| `{name}` |" in (FOLDER / "DatabricksSourceConnection.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["id", *map(snake_case, SERVICE_OUTPUTS)])
def test_index_describes_every_output(name: str) -> None:
    assert f"| `{name}` |" in (FOLDER / "README.md").read_text("utf-8")
