"""Versions are read from what programs print and from go.mod."""

from __future__ import annotations

import pytest

from engine.build import GO_MOD
from engine.version import format_version, parse_version, read_go_version, read_pulumi_version


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("v3.259.0\n", (3, 259, 0)),
        ("go1.25", (1, 25, 0)),
        ("go version go1.26.8 linux/amd64", (1, 26, 8)),
        ("3.260.0-alpha.1", (3, 260, 0)),
        ("nonsense", None),
    ],
)
def test_parse_finds_the_first_version_in_a_text(text: str, version: tuple[int, int, int] | None) -> None:
    assert parse_version(text) == version


def test_version_is_formatted_as_people_write_it() -> None:
    assert format_version((3, 9, 0)) == "3.9.0"


def test_go_mod_file_names_exact_versions_of_pulumi_and_go() -> None:
    assert read_pulumi_version(GO_MOD) >= (3, 259, 0)
    assert read_go_version(GO_MOD) >= (1, 25, 0)
