"""The pipelines of examples/ci as data: the shell text of each step, in its order, by job."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CI = Path(__file__).parents[2] / "examples" / "ci"
GITHUB = sorted((CI / "github").glob("*.yml"))
GITLAB = CI / "gitlab" / "gitlab-ci.yml"
AZURE = CI / "azure" / "azure-pipelines.yml"


@dataclass(frozen=True)
class Job:
    """A job for one purpose, on one service: what its shell runs, and with which variables of the service."""

    service: str
    what: str
    steps: tuple[str, ...]
    variables: dict[str, str]
    environment: dict[str, str]
    """The variables that the pipeline's file itself sets for the whole job."""

    @property
    def lines(self) -> list[str]:
        return [line.strip() for step in self.steps for line in step.splitlines() if line.strip()]


def jobs() -> list[Job]:
    return [*_github(), *_gitlab(), *_azure()]


def _load(file: Path) -> Any:
    # YAML 1.1 takes the key `on` for a boolean.
    return {("on" if key is True else key): value for key, value in yaml.safe_load(file.read_text("utf-8")).items()}


def _github() -> list[Job]:
    return [
        Job("github", name, tuple(step["run"] for step in job["steps"] if "run" in step), {}, job["env"])
        for file in GITHUB
        for name, job in _load(file)["jobs"].items()
    ]


def _gitlab() -> list[Job]:
    found = _load(GITLAB)
    base = found[".connections"]
    service = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD^1", "CI_COMMIT_BEFORE_SHA": "HEAD^1", "AZURE_ID_TOKEN": "t"}
    return [
        Job(
            "gitlab",
            name,
            (*base["before_script"], *found[name]["script"], *found[name].get("after_script", ())),
            {**service, "AZURE_FEDERATED_TOKEN_FILE": "token"},
            base["variables"],
        )
        for name in ("plan", "up", "drift")
    ]


def _azure() -> list[Job]:
    found = _load(AZURE)
    steps = found["jobs"][0]["steps"]
    texts = tuple(text for step in steps if (text := step.get("bash") or step.get("inputs", {}).get("inlineScript")))
    (what,) = [each for each in found["variables"] if each.get("name") == "WHAT"]
    purposes = [value["value"] for key, value in what.items() if key != "name"]
    environment = {each["name"]: each["value"] for each in found["variables"] if "value" in each}
    return [Job("azure", each, texts, {"WHAT": each}, environment) for each in purposes]
