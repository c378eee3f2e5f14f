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


def test_named_cli_takes_precedence() -> None:
    assert choose_cli(NAMED, ON_PATH, [KEPT], OLDEST).cli == NAMED


def test_cli_on_path_takes_precedence_over_the_stored_one() -> None:
    assert choose_cli(None, ON_PATH, [KEPT], OLDEST).cli == ON_PATH


def test_stored_cli_is_used_if_there_is_no_other() -> None:
    assert choose_cli(None, None, [KEPT], OLDEST).cli == KEPT


def test_without_any_cli_a_new_one_is_installed() -> None:
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
def test_unusable_named_cli_is_an_error_with_the_reason(named: Cli, why: str) -> None:
    with pytest.raises(Problem, match=f"PULUMI={named.path} cannot be used: {why}"):
        choose_cli(named, ON_PATH, [KEPT], OLDEST)


@pytest.mark.parametrize("cli", [TOO_OLD, WITHOUT_HOST, BROKEN])
def test_unusable_cli_on_path_is_skipped_with_a_message(cli: Cli) -> None:
    choice = choose_cli(None, cli, [KEPT], OLDEST)

    assert choice.cli == KEPT
    assert f"The pulumi on PATH ({cli.path}) cannot be used" in choice.reasons[0]


def test_message_about_a_skipped_cli_is_shown_before_a_new_one_is_installed() -> None:
    choice = choose_cli(None, TOO_OLD, [], OLDEST)

    assert choice.cli is None
    assert len(choice.reasons) == 1


def test_choice_of_a_cli_is_printed_with_its_reason() -> None:
    choice = choose_cli(None, ON_PATH, [], OLDEST)

    assert choice.reasons == ("Using Pulumi 3.259.0 of /usr/bin/pulumi, the one on PATH.",)
