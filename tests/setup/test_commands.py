"""What each command of the Makefile sets up."""

from __future__ import annotations

import re

import pytest

from engine.__main__ import COMMANDS
from engine.packages import GROUPS
from tests.setup.fake_project import ROOT

STACK_COMMANDS = ("setup", "up", "preview", "policy", "down", "emulator", "stop", "fleet")


def test_every_target_that_runs_the_set_up_has_its_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^\t\$\(RUN\) ([a-z-]+)$", makefile, re.MULTILINE)

    assert sorted(targets) == sorted(COMMANDS)


@pytest.mark.parametrize("name", STACK_COMMANDS)
def test_a_command_on_the_dev_stack_installs_the_group_run_alone(name: str) -> None:
    assert COMMANDS[name].groups == ("run",)


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("check", GROUPS),
        ("test", GROUPS),
        ("coverage", GROUPS),
        ("docs", ("run", "docs")),
        ("bench", ("run", "bench")),
        ("format", ("check",)),
        ("env", ()),
        ("clean", ()),
    ],
)
def test_another_command_installs_what_it_needs(name: str, groups: tuple[str, ...]) -> None:
    assert COMMANDS[name].groups == groups


def test_the_commands_that_need_the_emulators_port_check_it_first() -> None:
    assert {name for name, command in COMMANDS.items() if command.needs_port} == {
        "up",
        "preview",
        "policy",
        "down",
        "emulator",
    }
