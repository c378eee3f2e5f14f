"""What is known of the dev stack without Pulumi."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.clean import clean_state
from engine.messages import Problem
from engine.project import Project
from engine.stack_state import (
    check_emulator_data,
    find_dev_stack_file,
    list_resource_names,
    list_stack_files,
    remove_empty_sidecar_files,
)

STACK = {"type": "pulumi:pulumi:Stack", "urn": "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev"}
PROVIDER = {
    "type": "pulumi:providers:pulumi-python",
    "urn": "urn:pulumi:dev::p::pulumi:providers:pulumi-python::default",
}
LAKE = {"type": "pulumi-python:dynamic/adobe:X", "urn": "urn:pulumi:dev::p::pulumi-python:dynamic/adobe:X::acme-lake"}


def project_with(tmp_path: Path, stack: str, *resources: dict[str, str]) -> Project:
    project = Project(tmp_path)
    file = project.backend / ".pulumi" / "stacks" / "flow-connections" / f"{stack}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"version": 3, "checkpoint": {"latest": {"resources": resources}}}), encoding="utf-8")
    return project


def test_only_resources_with_an_entity_at_the_service_are_counted(tmp_path: Path) -> None:
    other = {**LAKE, "urn": LAKE["urn"].replace("acme-lake", "eu::lake")}
    file = find_dev_stack_file(project_with(tmp_path, "dev", STACK, PROVIDER, LAKE, other))

    assert file
    assert list_resource_names(file) == ["acme-lake", "eu::lake"]


def test_stack_with_resources_and_an_emulator_without_data_is_an_error_with_the_remedy(tmp_path: Path) -> None:
    project = project_with(tmp_path, "dev", STACK, LAKE)

    with pytest.raises(Problem, match=r"acme-lake.*is gone.*Nothing was changed.*make clean-state"):
        check_emulator_data(project)


def test_stack_with_resources_and_emulator_data_is_accepted(tmp_path: Path) -> None:
    project = project_with(tmp_path, "dev", STACK, LAKE)
    project.emulator_data.touch()

    check_emulator_data(project)


def test_empty_stack_needs_no_emulator_data(tmp_path: Path) -> None:
    check_emulator_data(project_with(tmp_path, "dev", STACK))
    check_emulator_data(Project(tmp_path / "new"))


def test_clean_state_deletes_the_dev_stack_and_the_emulator_data_and_no_other_stack(tmp_path: Path) -> None:
    project_with(tmp_path, "prod", LAKE)
    project = project_with(tmp_path, "dev", LAKE)
    project.emulator_data.touch()

    clean_state(project)

    assert [file.stem for file in list_stack_files(project)] == ["prod"]
    assert not project.emulator_data.exists()


def test_empty_sidecar_file_left_by_a_killed_pulumi_is_the_only_file_removed(tmp_path: Path) -> None:
    project = project_with(tmp_path, "dev", STACK)
    [state] = list_stack_files(project)
    empty, whole = state.with_name("dev.json.attrs"), state.with_name("other.json.attrs")
    empty.touch()
    whole.write_text("{}")

    remove_empty_sidecar_files(project)

    assert sorted(state.parent.iterdir()) == [state, whole]
