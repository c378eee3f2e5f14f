"""Paths into structured config, as Pulumi parses them and a shell takes them."""

from __future__ import annotations

import shlex

import pytest

from pulumi_adobe.config.paths import build_config_path, quote_config_path


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("acme-lake", "accessTokens.acme-lake"),
        ("_x1", "accessTokens._x1"),
        ("eu.lake", 'accessTokens["eu.lake"]'),
        ("two words", 'accessTokens["two words"]'),
        ('say "no"', 'accessTokens["say \\"no\\""]'),
        ("it's", 'accessTokens["it\'s"]'),
        # Pulumi takes a backslash in quotes as it is.
        ("a\\b", 'accessTokens["a\\b"]'),
        ("0", 'accessTokens["0"]'),
        ("größe", 'accessTokens["größe"]'),
        ("", 'accessTokens[""]'),
    ],
)
def test_name_that_is_no_word_stands_in_brackets(name: str, path: str) -> None:
    assert build_config_path("accessTokens", name) == path


def test_path_leads_through_each_name() -> None:
    assert build_config_path("connections", "eu.lake", "clusterId") == 'connections["eu.lake"].clusterId'
    assert build_config_path("p:accessTokens") == "p:accessTokens"


@pytest.mark.parametrize("name", ["acme-lake", "eu.lake", 'say "no"', "it's", "a\\b", "$HOME `id` !"])
def test_quoted_path_is_one_word_of_a_shell(name: str) -> None:
    path = build_config_path("accessTokens", name)

    assert shlex.split(quote_config_path(path)) == [path]
    assert quote_config_path(path).startswith("'")
