"""Each pipeline is one: by the schema of its service, and GitHub's by actionlint too."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.ci.pipelines import AZURE, CI, GITHUB, GITLAB, Job, jobs

pytestmark = pytest.mark.slow

VERSIONS = CI / "versions" / "versions.yml"
ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
SCHEMAS = [
    *((file, "github-workflows", ()) for file in (*GITHUB, VERSIONS)),
    (GITLAB, "gitlab-ci", ("--data-transform", "gitlab-ci")),
    # The schema has patterns that are none in Unicode mode; check-jsonschema's own hook asks for this variant.
    (AZURE, "azure-pipelines", ("--data-transform", "azure-pipelines", "--regex-variant", "nonunicode")),
]


@pytest.mark.parametrize(("file", "schema", "options"), SCHEMAS, ids=[schema[0].name for schema in SCHEMAS])
def test_pipeline_file_is_valid_for_its_ci_service(file: Path, schema: str, options: tuple[str, ...]) -> None:
    """The schemas come with check-jsonschema; nothing is downloaded."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *options, str(file)]
    process = subprocess.run(command, capture_output=True, text=True, check=False)

    assert process.returncode == 0, process.stdout + process.stderr


@pytest.mark.large
def test_actionlint_finds_nothing() -> None:
    """Skipped where there is no Go, or where Go cannot get actionlint."""
    go = shutil.which("go")
    if go is None:
        pytest.skip("there is no Go, with which actionlint is built")
    if subprocess.run([go, "run", ACTIONLINT, "-version"], capture_output=True, check=False).returncode:
        pytest.skip(f"Go could not get {ACTIONLINT}")
    process = subprocess.run(
        [go, "run", ACTIONLINT, *map(str, (*GITHUB, VERSIONS))], capture_output=True, text=True, check=False
    )

    assert process.returncode == 0, process.stdout + process.stderr


def test_each_ci_service_has_a_plan_an_update_and_a_drift_job() -> None:
    purposes = {(job.service, job.what) for job in jobs()}

    assert purposes == {
        (service, what) for service in ("github", "gitlab", "azure") for what in ("plan", "up", "drift")
    }


@pytest.mark.parametrize("file", [*GITHUB, GITLAB, AZURE], ids=lambda file: file.name)
def test_no_secret_reaches_a_command_line_or_the_steps_that_do_not_need_it(file: Path) -> None:
    """Only as a variable of the steps that run the connections."""
    lines = file.read_text(encoding="utf-8").splitlines()
    with_secret = [line.strip() for line in lines if "SECRET" in line and not line.strip().startswith(("#", "- group"))]

    assert all(line.startswith("ADOBE_CLIENT_SECRET: ") for line in with_secret)
    assert len(with_secret) == (0 if file == GITLAB else 1)


FLEET = CI.parent / "fleet" / "github" / "fleet.yml"


@pytest.mark.parametrize("job", jobs(), ids=lambda job: f"{job.service} {job.what}")
def test_pipeline_and_not_a_stack_file_decides_where_credentials_are_sent(job: Job) -> None:
    """A place that the stack's config and the environment name differently is an error before anything is sent."""
    assert job.environment["ADOBE_ENDPOINT"] == "https://platform.adobe.io"
    assert job.environment["ADOBE_IMS_ENDPOINT"] == "https://ims-na1.adobelogin.com"
    assert "ADOBE_ALLOW_ENDPOINT" not in job.environment


@pytest.mark.parametrize("file", [*GITHUB, GITLAB, AZURE, FLEET], ids=lambda file: file.name)
def test_pipeline_installs_only_locked_versions(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert text.count("pip install") == text.count("pip install --require-hashes -r requirements.lock") > 0
    assert "| sh -" not in text


def test_fleet_secrets_reach_only_the_step_that_runs_the_fleet() -> None:
    """What is installed or downloaded before must not see them."""
    jobs_of_fleet = yaml.safe_load(FLEET.read_text(encoding="utf-8"))["jobs"]
    with_secret = [
        step.get("run", "")
        for job in jobs_of_fleet.values()
        for step in [{"env": job.get("env", {})}, *job["steps"]]
        if "secrets." in str(step)
    ]

    assert [run.split()[:4] for run in with_secret] == [[".venv/bin/python", "-m", "fleet_runner", "up"]]
    assert "environment" in jobs_of_fleet["up"]
