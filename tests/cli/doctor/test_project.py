"""A secret in clear is found wherever it stands, named by its key and its file, and never shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.finding import CheckSkipped
from adobe_flow.doctor.project import check_stack_files, find_unencrypted_secrets
from adobe_flow.problem import Problem

ENCRYPTED = {"secure": "v1:Hv208Y5pz+mUCv9l:Ell52zhSN5W8"}
PLANTED = "dapi-planted-in-clear"


def project(folder: Path, stack: dict[str, Any], **project_file: Any) -> DoctorContext:
    """A project with the stack prod; ``project_file`` is what stands in Pulumi.yaml besides the name."""
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "p", "runtime": "python", **project_file}))
    stacks = folder / str(project_file.get("stackConfigDir", "."))
    stacks.mkdir(exist_ok=True)
    (stacks / "Pulumi.prod.yaml").write_text(yaml.safe_dump({"config": stack, "encryptionsalt": "v1:x"}))
    return DoctorContext(folder, None, None, {})


@pytest.mark.parametrize(
    ("config", "clear"),
    [
        ({"adobe:clientSecret": ENCRYPTED, "p:accessTokens": {"lake": ENCRYPTED}}, []),
        ({"adobe:clientSecret": PLANTED}, ["adobe:clientSecret"]),
        ({"adobe:accessToken": PLANTED}, ["adobe:accessToken"]),
        ({"accessTokens": {"lake": PLANTED, "other": ENCRYPTED}}, ["accessTokens.lake"]),
        ({"p:accessTokens": {"lake": PLANTED, "other": 7}}, ["p:accessTokens.lake", "p:accessTokens.other"]),
        ({"p:accessTokens": {"lake": [PLANTED]}}, ["p:accessTokens.lake"]),
        ({"p:accessTokens": PLANTED}, ["p:accessTokens"]),
        ({"p:accessTokens": ENCRYPTED}, []),
        ({"p:accessTokens": {"lake": {"secure": PLANTED}}}, ["p:accessTokens.lake"]),
        ({"p:accessTokens": {"lake": {"secure": {"secure": PLANTED}}}}, ["p:accessTokens.lake"]),
        ({"p:accessTokens": {"lake": {**ENCRYPTED, "plain": PLANTED}}}, None),
        ({"p:accessTokens": {"eu.lake": PLANTED}}, ['p:accessTokens["eu.lake"]']),
        ({"p:accessTokens": {}, "adobe:clientSecret": ""}, []),
        ({"p:connections": {"lake": {"name": "lake"}}, "adobe:clientId": "id"}, []),
    ],
    ids=str,
)
def test_plain_secret_in_a_stack_file_is_reported_by_its_key(config: dict[str, Any], clear: list[str] | None) -> None:
    found = list(find_unencrypted_secrets({"config": config, "encryptionsalt": "v1:x"}))

    assert found == clear if clear is not None else "p:accessTokens.lake.plain" in found


def test_value_encrypted_by_a_secrets_service_is_not_reported_as_plain() -> None:
    assert list(find_unencrypted_secrets({"config": {"adobe:clientSecret": {"secure": "AAABAK3k"}}})) == []


@pytest.mark.parametrize("more", [{}, {"stackConfigDir": "stacks"}], ids=str)
def test_plain_secret_is_reported_with_file_line_and_command_and_without_its_value(
    tmp_path: Path, more: dict[str, Any]
) -> None:
    case = project(tmp_path, {"p:accessTokens": {"acme-lake": PLANTED}}, **more)

    with pytest.raises(Problem) as found:
        check_stack_files(case)

    assert "p:accessTokens.acme-lake in Pulumi.prod.yaml" in found.value.message
    assert "pulumi config set --secret --path 'p:accessTokens.acme-lake' --stack prod" in found.value.hint
    assert PLANTED not in str(found.value)


def test_plain_secret_in_the_project_file_is_reported_too(tmp_path: Path) -> None:
    case = project(tmp_path, {}, config={"adobe:clientSecret": {"value": PLANTED}, "accessTokens": {"default": {}}})

    with pytest.raises(Problem, match=r"adobe:clientSecret in Pulumi\.yaml"):
        check_stack_files(case)


def test_healthy_check_names_the_stack_files(tmp_path: Path) -> None:
    assert "(prod)" in check_stack_files(project(tmp_path, {"adobe:clientSecret": ENCRYPTED}))


def test_malformed_yaml_file_is_reported_with_its_line_and_without_its_content(tmp_path: Path) -> None:
    case = project(tmp_path, {})
    (tmp_path / "Pulumi.prod.yaml").write_text(f"config:\n  accessTokens: [{PLANTED}\n  x: {PLANTED}\n")

    with pytest.raises(Problem) as found:
        check_stack_files(case)

    assert "Pulumi.prod.yaml, line" in str(found.value)
    assert "planted" not in str(found.value)


def test_project_check_without_a_project_is_skipped(tmp_path: Path) -> None:
    with pytest.raises(CheckSkipped, match="no Pulumi project"):
        check_stack_files(DoctorContext(tmp_path, None, None, {}))
