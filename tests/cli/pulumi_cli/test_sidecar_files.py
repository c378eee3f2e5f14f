"""A file that a killed Pulumi left unreadable is named with the one command that removes it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.sidecar_files import advise_removal, find_unreadable_sidecars
from adobe_flow.pulumi_cli.stack import Stack
from tests.cli.command_line import OnStack


def backend(folder: Path) -> tuple[str, Path]:
    stacks = folder / "my state" / ".pulumi" / "stacks" / "p"
    stacks.mkdir(parents=True)
    (stacks / "dev.json").write_text("{}")
    (stacks / "good.json.attrs").write_text('{"md5": null}')
    (stacks / "dev.json.attrs").touch()
    return f"file://{folder / 'my state'}", stacks / "dev.json.attrs"


@pytest.mark.parametrize("options", ["", "?metadata=skip", "?no_tmp_dir=true&metadata=skip"])
def test_sidecar_files_without_json_are_found_and_the_printed_command_removes_them(
    tmp_path: Path, options: str
) -> None:
    url, empty = backend(tmp_path)

    found = find_unreadable_sidecars(url + options)
    command = next(line for line in advise_removal(found).splitlines() if line.startswith("rm "))
    subprocess.run(shlex.split(command), check=True)

    assert found == [empty]
    assert find_unreadable_sidecars(url) == []
    assert len(list(empty.parent.iterdir())) == 2


@pytest.mark.parametrize("url", ["s3://bucket/state", "https://api.pulumi.com", "file:///no/such/folder"])
def test_backends_other_than_files_have_no_sidecar_files(url: str) -> None:
    assert advise_removal(find_unreadable_sidecars(url)) == ""


def test_error_caused_by_an_empty_sidecar_file_names_the_command_that_removes_it(tmp_path: Path) -> None:
    url, empty = backend(tmp_path)
    program = tmp_path / "bin" / "pulumi"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\n"
        f"sys.exit(print(json.dumps({{'url': {url!r}}}))) if sys.argv[1] == 'whoami' else None\n"
        "sys.exit('error: failed to load checkpoint: EOF')\n"
    )
    program.chmod(0o755)
    (tmp_path / "Pulumi.yaml").touch()
    stack = Stack(tmp_path, "dev", {"PATH": str(program.parent)})

    with pytest.raises(Problem) as error:
        stack.export_state()

    assert shlex.join(("rm", str(empty))) in error.value.hint


@pytest.mark.engine
def test_state_with_an_empty_sidecar_file_is_repaired_by_the_command_in_doctor_and_errors(on_stack: OnStack) -> None:
    """The real backend: it writes no such file with `metadata=skip`, and fails on one that is there."""
    project = on_stack.project
    project.declare(lake={})
    project.up()
    [state] = project.state_folder().rglob("dev.json")
    assert list(project.state_folder().rglob("*.attrs")) == []
    empty = state.with_name("dev.json.attrs")
    empty.touch()

    refused, doctor = on_stack("list"), on_stack("doctor", "--json")

    assert refused.exit_code == 3
    assert "failed to load checkpoint: EOF" in refused.stderr
    assert shlex.join(("rm", str(empty))) in refused.stderr
    [found] = [each for each in doctor.json["checks"] if each["check"] == "state backend"]
    assert (found["status"], shlex.join(("rm", str(empty))) in found["todo"]) == ("wrong", True)

    empty.unlink()
    assert on_stack("list").exit_code == 0


@pytest.mark.engine
def test_state_written_with_sidecar_files_can_be_loaded_without_them(on_stack: OnStack) -> None:
    project = on_stack.project
    project.env["PULUMI_BACKEND_URL"] = f"file://{project.state_folder()}"
    project.declare(lake={})
    project.up()
    written = list(project.state_folder().rglob("dev.json.attrs"))

    project.env["PULUMI_BACKEND_URL"] += "?metadata=skip"
    done = project.up()

    assert written
    assert "2 unchanged" in done.text
    assert on_stack("list").exit_code == 0
