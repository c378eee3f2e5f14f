"""A stack's config and state, by the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import OnStack, assert_valid, run
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection

pytestmark = pytest.mark.engine


def test_resources_of_a_stack_are_listed_and_malformed_ones_are_named(
    on_stack: OnStack, emulator: EmulatorProcess
) -> None:
    on_stack.project.declare(lake={})
    on_stack.project.up()
    emulator.foreign_create(**build_foreign_connection(name="by hand"))

    found = on_stack("list", "--json")
    unknown = on_stack("list", "--stack", "no-such")

    assert_valid(found, "list")
    managed = {each["name"]: each["managedAs"] for each in found.json["connections"]}
    assert managed == {"by hand": None, "Databricks connection to Experience Platform": "lake"}
    assert found.json["stack"] == "dev"
    assert on_stack("show", "Databricks connection to Experience Platform", "--json").json["managedAs"] == "lake"
    assert (unknown.exit_code, unknown.stdout) == (3, "")
    assert "There is no stack no-such" in unknown.stderr
    assert "There are: dev." in unknown.stderr


def test_malformed_line_of_a_stack_file_is_not_quoted(on_stack: OnStack) -> None:
    file = on_stack.project.folder / "stacks" / "Pulumi.dev.yaml"
    file.write_text("config: dapi-planted-in-the-wrong-place\n")

    said = on_stack("list")

    assert said.exit_code == 3
    assert "dapi" not in said.stdout + said.stderr


@pytest.mark.usefixtures("engine", "adobe_flow")
def test_missing_project_error_names_the_option_that_selects_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, "list", "--stack", "dev", "--cwd", str(tmp_path))

    assert said.exit_code == 3
    assert "There is no Pulumi.yaml" in said.stderr
    assert "-C" in said.stderr
