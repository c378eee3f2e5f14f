"""The generated parts of the documentation are those of the code."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pulumi
import pytest
from pulumi import dynamic

import pulumi_adobe
from docs.generate import PAGES, README, generated, settings_table
from docs.resource_pages import FOLDER, files
from docs.resource_pages import PAGES as PAGES_OF_RESOURCES
from pulumi_adobe import DatabricksSourceConnectionArgs
from pulumi_adobe.config.settings import SETTINGS_TABLE
from pulumi_adobe.schema.naming import snake_case
from pulumi_adobe.schema.resource_schema import SERVICE_OUTPUTS

PAGE = README.read_text("utf-8")


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_a_page_is_as_generated(file: Path) -> None:
    """`python -m docs.generate` writes it."""
    page = file.read_text("utf-8")

    assert generated(page, PAGES[file]) == page


def test_the_pages_of_the_resources_are_as_generated() -> None:
    made = files()

    assert {file: file.read_text("utf-8") for file in FOLDER.glob("*.md")} == made
    assert all("|---|" in text for text in made.values())


def test_every_resource_has_its_page() -> None:
    exported = {name for name in pulumi_adobe.__all__ if isinstance(each := getattr(pulumi_adobe, name), type)
                and issubclass(each, pulumi.ComponentResource | dynamic.Resource)}  # fmt: skip

    assert {page.name for page in PAGES_OF_RESOURCES} == exported


def test_every_setting_has_its_line() -> None:
    table = settings_table().splitlines()
    assert all(f"`{setting.variable}`" in line for line, setting in zip(table[2:], SETTINGS_TABLE, strict=True))


def test_a_page_without_a_place_for_a_block_is_refused() -> None:
    with pytest.raises(ValueError, match=r"settings.* 0 times"):
        generated("# A page without blocks\n", PAGES[README])


def test_generating_twice_changes_nothing_more() -> None:
    old = "<!-- settings -->\nold\n<!-- /settings -->\n"
    blocks = PAGES[README]
    assert generated(generated(old, blocks), blocks) == generated(old, blocks) != old


@pytest.mark.parametrize("name", [field.name for field in fields(DatabricksSourceConnectionArgs)])
def test_every_argument_of_a_connection_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", ["id", *map(snake_case, SERVICE_OUTPUTS)])
def test_every_output_is_told(name: str) -> None:
    assert f"| `{name}` |" in PAGE
