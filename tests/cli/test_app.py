"""The options of the command line itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from adobe_flow.app import app, move_debug_first
from adobe_flow.pulumi_cli.project import find_stack_file
from pulumi_adobe.version import VERSION
from tests.cli.command_line import AdobeFlow


def test_option_version_prints_the_version_of_the_package(adobe_flow: AdobeFlow) -> None:
    assert adobe_flow("--version").stdout.startswith(f"adobe-flow {VERSION} ")


@pytest.mark.parametrize("arguments", [("-h",), ("list", "-h"), ("landing-zone", "-h")], ids=" ".join)
def test_short_help_option_prints_the_help_of_each_command(adobe_flow: AdobeFlow, arguments: tuple[str, ...]) -> None:
    outcome = adobe_flow(*arguments)

    assert (outcome.exit_code, outcome.stdout) == (0, adobe_flow(*arguments[:-1], "--help").stdout)


@pytest.mark.usefixtures("adobe_flow")  # sets the environment
def test_debug_option_shows_each_request_without_the_secret() -> None:
    """In a process of its own, which the log's handler is for."""
    command = [sys.executable, "-m", "adobe_flow", "list", "--debug"]
    outcome = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)

    assert "flowservice/connections" in outcome.stderr
    assert "emulator-client-secret" not in outcome.stderr


@pytest.mark.parametrize(
    ("arguments", "moved"),
    [
        (["list", "--json"], ["list", "--json"]),
        (["show", "x", "--debug"], ["--debug", "show", "x"]),
        (["show", "--", "--debug"], ["show", "--", "--debug"]),
    ],
)
def test_debug_option_is_accepted_anywhere_before_the_end_of_options(arguments: list[str], moved: list[str]) -> None:
    assert move_debug_first(arguments) == moved


def test_stack_file_of_the_project_in_a_parent_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: some\nruntime: python\nstackConfigDir: stacks\n", encoding="utf-8")
    (tmp_path / "sql" / "views").mkdir(parents=True)

    assert find_stack_file(tmp_path / "sql" / "views", "dev") == tmp_path / "stacks" / "Pulumi.dev.yaml"


def test_docs_page_of_the_command_line_lists_the_registered_commands() -> None:
    """The command `landing-zone` is a group, whose row has the name of its one command too."""
    page = (Path(__file__).parents[2] / "docs" / "cli" / "README.md").read_text("utf-8")
    commands = [str(command.name) for command in app.registered_commands]
    groups = [str(group.name) for group in app.registered_groups]

    (table,) = re.findall(r"^\| command \|.*?\n\n", page, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| \[?`([a-z-]+)[^`]*`", table, re.MULTILINE)

    assert sorted(rows) == sorted([*commands, *groups])
