"""A stack's config is written only if its file is still as it was when it was read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from adobe_flow.problem import Problem
from adobe_flow.promote.stack_file import read_stack_connections, write_connections
from adobe_flow.pulumi_cli.stack import Stack

PULUMI = """\
#!/bin/sh
# Prints the config, and sets it in the file that --config-file names; somebody edits the stack's own file meanwhile.
case "$2" in
    --json) cat config.json ;;
    set-all)
        printf '# set by pulumi\\n' >> "$6"
        [ -f edited ] && cp edited stacks/Pulumi.dev.yaml
        exit 0 ;;
esac
"""


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    program = tmp_path / "bin" / "pulumi"
    program.parent.mkdir()
    program.write_text(PULUMI)
    program.chmod(0o755)
    folder = tmp_path / "project"
    (folder / "stacks").mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("name: p\nstackConfigDir: stacks\n")
    (folder / "stacks" / "Pulumi.dev.yaml").write_text("config: {}\n")
    (folder / "config.json").write_text(json.dumps({"p:connections": {"value": '{"lake": {}}'}}))
    return Stack(folder, "acme/p/dev", {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"})


def stack_file(stack: Stack) -> Path:
    return stack.folder / "stacks" / "Pulumi.dev.yaml"


def test_stack_file_is_replaced_by_the_output_of_pulumi(stack: Stack) -> None:
    write_connections(stack, read_stack_connections(stack), {"lake": {"name": "Lake"}})

    assert stack_file(stack).read_text() == "config: {}\n# set by pulumi\n"


def test_stack_without_a_config_file_gets_one(stack: Stack) -> None:
    stack_file(stack).unlink()

    write_connections(stack, read_stack_connections(stack), {"lake": {"name": "Lake"}})

    assert stack_file(stack).read_text() == "# set by pulumi\n"


@pytest.mark.parametrize("when", ["before pulumi", "while pulumi works", "a new file"])
def test_stack_file_that_somebody_edited_in_between_is_not_overwritten(stack: Stack, when: str) -> None:
    if when == "a new file":
        stack_file(stack).unlink()
    read = read_stack_connections(stack)
    edited = "config: {p:connections: {lake: {name: edited}}}\n"
    (stack_file(stack) if when != "while pulumi works" else stack.folder / "edited").write_text(edited)

    with pytest.raises(Problem, match="has changed since it was read"):
        write_connections(stack, read, {"lake": {"name": "Lake"}})

    assert stack_file(stack).read_text() == edited


def test_config_entry_that_is_no_object_is_an_error_and_is_kept(stack: Stack) -> None:
    (stack.folder / "config.json").write_text(json.dumps({"p:connections": {"value": '{"lake": {}, "x": 5}'}}))

    with pytest.raises(Problem, match=r"connections\.x"):
        read_stack_connections(stack)
