"""Which Pulumi CLI is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.choose import choose_cli
from engine.cli import Cli
from engine.messages import Problem

OLDEST = (3, 259, 0)
NAMED = Cli(Path("/named/pulumi"), (3, 270, 0), has_host=True)
ON_PATH = Cli(Path("/usr/bin/pulumi"), (3, 259, 0), has_host=True)
KEPT = Cli(Path("/kept/pulumi"), (3, 259, 0), has_host=True)
TOO_OLD = Cli(Path("/old/pulumi"), (3, 258, 9), has_host=True)
WITHOUT_HOST = Cli(Path("/bare/pulumi"), (3, 300, 0), has_host=False)
BROKEN = Cli(Path("/broken/pulumi"), None, has_host=True, failure="no such file")


def test_the_named_one_comes_first() -> None:
    assert choose_cli(NAMED, ON_PATH, [KEPT], OLDEST).cli == NAMED


def test_the_one_on_path_comes_before_the_one_kept() -> None:
    assert choose_cli(None, ON_PATH, [KEPT], OLDEST).cli == ON_PATH


def test_the_one_kept_serves_where_there_is_no_other() -> None:
    assert choose_cli(None, None, [KEPT], OLDEST).cli == KEPT


def test_without_any_a_new_one_has_to_be_got() -> None:
    choice = choose_cli(None, None, [], OLDEST)

    assert choice.cli is None
    assert choice.reasons == ()


@pytest.mark.parametrize(
    ("named", "why"),
    [
        (TOO_OLD, "it is version 3.258.9, and 3.259.0 or newer is needed"),
        (WITHOUT_HOST, "its language host pulumi-language-python is neither beside it nor on PATH"),
        (BROKEN, r"it cannot be run \(no such file\)"),
    ],
)
def test_a_named_one_that_cannot_be_used_is_an_error_that_says_why(named: Cli, why: str) -> None:
    with pytest.raises(Problem, match=f"PULUMI={named.path} cannot be used: {why}"):
        choose_cli(named, ON_PATH, [KEPT], OLDEST)


@pytest.mark.parametrize("cli", [TOO_OLD, WITHOUT_HOST, BROKEN])
def test_one_on_path_that_cannot_be_used_is_skipped_with_a_sentence(cli: Cli) -> None:
    choice = choose_cli(None, cli, [KEPT], OLDEST)

    assert choice.cli == KEPT
    assert f"The pulumi on PATH ({cli.path}) cannot be used" in choice.reasons[0]


def test_the_sentence_is_said_too_where_a_new_one_has_to_be_got() -> None:
    choice = choose_cli(None, TOO_OLD, [], OLDEST)

    assert choice.cli is None
    assert len(choice.reasons) == 1


def test_the_choice_says_what_was_taken_and_why() -> None:
    choice = choose_cli(None, ON_PATH, [], OLDEST)

    assert choice.reasons == ("Using Pulumi 3.259.0 of /usr/bin/pulumi, the one on PATH.",)
