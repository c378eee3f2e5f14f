"""Every step's commands are run: with a stub that notes what it is asked for, and that, once, by the real engine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.ci.pipelines import CI, Job, jobs
from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject

NOT_RUN = (
    "python -m venv .venv",
    "python3 -m venv .venv",
    ".venv/bin/pip install --require-hashes -r requirements.lock",
    'curl -fsSLo pulumi.tar.gz "https://get.pulumi.com/releases/sdk/pulumi-v$PULUMI_VERSION-linux-x64.tar.gz"',
    'echo "$PULUMI_SHA256  pulumi.tar.gz" | sha256sum --check',
    'tar -xzf pulumi.tar.gz -C "$HOME"',
)
"""Commands that need what only a pipeline has: registries that give pulumi-adobe, Pulumi's installer."""

NOTE = '#!/bin/sh\necho "$(basename "$0") $*" >> asked\ntouch plan.md\n'
ASKED = {
    ("github", "plan"): ["connections.sh plan", "python ci/comment.py plan.md"],
    ("github", "up"): ["connections.sh up"],
    ("github", "drift"): ["connections.sh drift"],
    ("gitlab", "plan"): ["connections.sh plan HEAD^1..HEAD", "python ci/comment.py plan.md"],
    ("gitlab", "up"): ["connections.sh up HEAD^1..HEAD"],
    ("gitlab", "drift"): ["connections.sh drift"],
    # Its last step has a condition: pull requests only.
    ("azure", "plan"): ["connections.sh plan", "python ci/comment.py plan.md"],
    ("azure", "up"): ["connections.sh up", "python ci/comment.py plan.md"],
    ("azure", "drift"): ["connections.sh drift", "python ci/comment.py plan.md"],
}


@pytest.mark.parametrize("job", jobs(), ids=lambda job: f"{job.service} {job.what}")
def test_each_pipeline_step_runs_the_commands_of_its_purpose(job: Job, tmp_path: Path) -> None:
    for name in ("ci/connections.sh", ".venv/bin/python"):
        stub = tmp_path / name
        stub.parent.mkdir(parents=True)
        stub.write_text(NOTE)
        stub.chmod(0o755)
    env = {**job.variables, "PATH": os.environ["PATH"], "HOME": "/home/ci", "GITHUB_STEP_SUMMARY": "summary"}
    for step in job.steps:
        kept = "\n".join(line for line in step.splitlines() if line.strip() not in NOT_RUN)
        subprocess.run(["bash", "-eo", "pipefail", "-c", kept], cwd=tmp_path, env=env, check=True)

    assert (tmp_path / "asked").read_text().splitlines() == ASKED[job.service, job.what]


def test_every_script_that_is_not_run_here_is_in_a_pipeline() -> None:
    assert set(NOT_RUN) <= {line for job in jobs() for line in job.lines}


def run_git(folder: Path, *arguments: str, author: str = "dana@acme.example") -> None:
    """Run git with a configuration of its own."""
    who = {f"GIT_{role}_{what}": author for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=folder, env=env, check=True, capture_output=True)


def list_overrides(folder: Path) -> list[str]:
    """What `connections.sh plan` gives to `--override`, of the last commit of a repository."""
    flow = folder / "bin" / "adobe-flow"
    flow.parent.mkdir()
    flow.write_text("#!/bin/bash\nprintf '%s\\0' \"$@\" > arguments\n")
    flow.chmod(0o755)
    env = {"PATH": os.environ["PATH"], "VENV": str(folder), "PULUMI_STACK": "prod"}
    subprocess.run([CI / "connections.sh", "plan", "HEAD^1..HEAD"], cwd=folder, env=env, check=True)
    arguments = (folder / "arguments").read_text(encoding="utf-8").split("\0")
    return [value for option, value in pairwise(arguments) if option == "--override"]


@pytest.mark.parametrize("author", ["dana\tdelete: it is mine", "dana\x1fdelete: it is mine", "dana $(touch no)", "-d"])
def test_only_a_line_of_the_commit_message_is_an_override_whatever_the_authors_name_is(
    tmp_path: Path, author: str
) -> None:
    run_git(tmp_path, "init", "--quiet")
    for message in (
        "First",
        "Take it away",
        "Take it away\n\nPlan-Override: delete: agreed,\n OPS-12\nPlan-Override: b",
    ):
        run_git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", message, author=author)
    run_git(tmp_path, "commit", "--quiet", "--amend", "--allow-empty", "--no-edit", author=author)

    overrides = list_overrides(tmp_path)

    assert [each.partition(" (commit ")[0] for each in overrides] == ["delete: agreed, OPS-12", "b"]
    assert all(each.endswith(f", {author})") for each in overrides)
    assert not (tmp_path / "no").exists()


def test_commit_message_without_an_override_line_has_none_whatever_the_authors_name_is(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet")
    for message in ("First", "Take it away"):
        run_git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", message, author="dana\tdelete: it is mine")

    assert list_overrides(tmp_path) == []


class Repository:
    """A project whose history is in git, with the script of the pipelines in it."""

    def __init__(self, project: StackProject) -> None:
        self.project = project
        (project.folder / "ci").mkdir()
        shutil.copy(CI / "connections.sh", project.folder / "ci")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit("The first version")

    def git(self, *arguments: str) -> None:
        run_git(self.project.folder, *arguments)

    def commit(self, message: str) -> None:
        self.git("add", "stacks", "ci")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)

    def merge(self, *messages: str) -> None:
        """A branch with these commits, merged as services merge a pull request."""
        self.git("checkout", "--quiet", "-b", "change")
        for message in messages:
            self.commit(message)
        self.git("checkout", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change")
        self.git("branch", "--quiet", "--delete", "change")

    def run(self, *arguments: str, **variables: str) -> tuple[int, str]:
        done = subprocess.run(
            ["ci/connections.sh", *arguments],
            cwd=self.project.folder,
            env={**self.project.environment(), "VENV": sys.prefix, "GITHUB_ACTOR": "kim", **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    @property
    def report(self) -> str:
        return (self.project.folder / "plan.md").read_text(encoding="utf-8")


@pytest.mark.engine
def test_a_stack_file_that_names_other_addresses_stops_the_plan_and_gets_no_secret(
    tmp_path: Path, emulator: EmulatorProcess
) -> None:
    """The emulator stands for the address of an attacker: nothing may reach it."""
    project = StackProject(tmp_path / "project", emulator)
    project.declare(lake={})
    repository = Repository(project)
    repository.commit("Let the stack's file name another address")
    (plan,) = [job for job in jobs() if (job.service, job.what) == ("github", "plan")]
    pinned = {name: plan.environment[name] for name in ("ADOBE_ENDPOINT", "ADOBE_IMS_ENDPOINT")}

    code, said = repository.run("plan", ADOBE_CLIENT_SECRET="emulator-client-secret", **pinned)

    assert code != 0
    assert "adobe:imsEndpoint" in said
    assert emulator.journal() == []


@pytest.mark.engine
def test_the_script_plans_updates_and_finds_drift(tmp_path: Path, emulator: EmulatorProcess) -> None:
    project = StackProject(tmp_path / "project", emulator)
    project.declare(lake={}, other={"name": "Other lake"})
    repository = Repository(project)

    project.up()
    assert repository.run("drift")[0] == 0
    assert "nothing changes; 2 unchanged" in repository.report

    (other,) = [each for each in emulator.connections() if each["name"] == "Other lake"]
    emulator.foreign_edit(other["id"], [{"op": "replace", "path": "/description", "value": "theirs"}])
    code, said = repository.run("drift")
    assert code == 1, said
    assert '- description: "theirs"' in repository.report

    project.pulumi("config", "rm", "--path", "accessTokens.other")
    project.pulumi("config", "rm", "--path", "connections.other")
    repository.merge("Take the other lake away")
    code, said = repository.run("plan")
    assert code == 1, said
    assert "gate delete>0 stops it: other" in said

    repository.merge(
        "Let it go\n\nPlan-Override: delete: nobody reads it, OPS-12\nPlan-Override: change: one of two $(touch no)",
        "Another commit without one",
    )
    code, said = repository.run("up", "HEAD^1..HEAD")
    assert code == 0, said
    assert [each["name"] for each in emulator.connections()] == ["Databricks connection to Experience Platform"]
    assert repository.report.count(", dana@acme.example)") == 2
    assert "kim (GITHUB_ACTOR)" in repository.report
    assert "nobody reads it, OPS-12 (commit " in repository.report
    assert not (project.folder / "no").exists()
