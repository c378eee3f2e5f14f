"""The environment in which Pulumi runs."""

from __future__ import annotations

import subprocess
from pathlib import Path

from engine.environment import build_dev_stack_environment, build_shell_settings, build_test_environment, format_exports
from engine.project import Project

AWKWARD = Project(Path('/home/Ada O\'Neil/my "dir" $HOME'))


def test_shell_exports_are_quoted_for_any_path() -> None:
    lines = format_exports(build_shell_settings(AWKWARD, "/usr/bin:/bin"))
    script = f'{lines}printf %s "$PULUMI_HOME"'

    process = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)

    assert process.stdout == str(AWKWARD.pulumi_home)


def test_output_contains_only_exports_and_no_provider_setting() -> None:
    lines = format_exports(build_shell_settings(AWKWARD, "/usr/bin")).splitlines()

    assert all(line.startswith("export ") for line in lines)
    assert "ADOBE_" not in "".join(lines)


def test_our_cli_and_then_our_python_are_first_on_path_exactly_once() -> None:
    once = build_shell_settings(AWKWARD, "/usr/bin")["PATH"]

    assert once.split(":")[:2] == [str(AWKWARD.bin), str(AWKWARD.venv / "bin")]
    assert build_shell_settings(AWKWARD, once)["PATH"] == once


def test_state_folder_belongs_to_this_project() -> None:
    ours = build_shell_settings(AWKWARD, "")

    assert ours["PULUMI_BACKEND_URL"] == f"file://{AWKWARD.root}/.state/pulumi?metadata=skip"
    assert ours["PULUMI_HOME"].startswith(str(AWKWARD.root))


def test_real_credentials_are_removed_from_the_dev_stack_environment_and_named() -> None:
    env, left_out = build_dev_stack_environment(
        AWKWARD, {"ADOBE_CLIENT_SECRET": "s3cret", "ADOBE_ADOPT": "id", "HOME": "/root"}
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
