"""The environment in which Pulumi runs."""

from __future__ import annotations

import subprocess
from pathlib import Path

from engine.environment import build_dev_stack_environment, build_shell_settings, build_test_environment, format_exports
from engine.project import Project

AWKWARD = Project(Path('/home/Ada O\'Neil/my "dir" $HOME'))
PORT = 8765
"""The port of a stack file that does not say otherwise."""


def test_exports_survive_a_shell_whatever_the_path_is() -> None:
    lines = format_exports(build_shell_settings(AWKWARD, {"PATH": "/usr/bin:/bin"}, PORT))
    script = f'{lines}printf %s "$PULUMI_HOME"'

    process = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)

    assert process.stdout == str(AWKWARD.pulumi_home)


def test_exports_are_nothing_but_exports_and_name_no_setting_of_the_provider() -> None:
    lines = format_exports(build_shell_settings(AWKWARD, {"PATH": "/usr/bin"}, PORT)).splitlines()

    assert all(line.startswith("export ") for line in lines)
    assert "ADOBE_" not in "".join(lines)


def test_the_provider_is_told_a_port_that_the_stack_file_does_not_name() -> None:
    assert build_shell_settings(AWKWARD, {}, 8790)["ADOBE_EMULATOR_PORT"] == "8790"
    env, _ = build_dev_stack_environment(AWKWARD, {}, 8790)
    assert env["ADOBE_EMULATOR_PORT"] == "8790"


def test_an_old_port_of_the_shell_is_not_kept() -> None:
    """It is from a `make env` before the emulator was started on the stack file's port again."""
    stale = {"ADOBE_EMULATOR_PORT": "8790"}

    assert build_shell_settings(AWKWARD, stale, PORT)["ADOBE_EMULATOR_PORT"] == ""
    env, _ = build_dev_stack_environment(AWKWARD, stale, PORT)
    assert env["ADOBE_EMULATOR_PORT"] == ""


def test_our_cli_comes_first_on_path_and_our_python_next_and_only_once() -> None:
    once = build_shell_settings(AWKWARD, {"PATH": "/usr/bin"}, PORT)["PATH"]

    assert once.split(":")[:2] == [str(AWKWARD.bin), str(AWKWARD.venv / "bin")]
    assert build_shell_settings(AWKWARD, {"PATH": once}, PORT)["PATH"] == once


def test_the_state_is_this_projects_own() -> None:
    ours = build_shell_settings(AWKWARD, {}, PORT)

    assert ours["PULUMI_BACKEND_URL"] == f"file://{AWKWARD.root}/.state/pulumi?metadata=skip"
    assert ours["PULUMI_HOME"].startswith(str(AWKWARD.root))


def test_real_credentials_are_removed_from_the_dev_stack_environment_and_named() -> None:
    env, left_out = build_dev_stack_environment(
        AWKWARD, {"ADOBE_CLIENT_SECRET": "s3cret", "ADOBE_ADOPT": "id", "HOME": "/root"}, PORT
    )

    assert left_out == ["ADOBE_CLIENT_SECRET"]
    assert "s3cret" not in env.values()
    assert (env["ADOBE_ADOPT"], env["HOME"]) == ("id", "/root")


def test_tests_run_without_the_stack_and_credentials_of_the_caller() -> None:
    env = build_test_environment(
        AWKWARD, {"PULUMI_STACK": "prod", "PULUMI": "/x", "ADOBE_ORG_ID": "org", "PATH": "/usr/bin"}
    )

    assert set(env) == {"PATH", "PULUMI_SKIP_UPDATE_CHECK"}


def test_python_writes_bytecode_in_tests_and_benchmarks() -> None:
    env = build_test_environment(AWKWARD, {"PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin"})

    assert "PYTHONDONTWRITEBYTECODE" not in env
