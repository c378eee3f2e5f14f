"""The wheels of the three distributions."""

from __future__ import annotations

import re
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

import adobe_flow
import flow_service_emulator
import pulumi_adobe
from engine.project import locate_project
from engine.wheels import build_wheel
from pulumi_adobe.version import VERSION

pytestmark = pytest.mark.slow
PROJECT = locate_project()
DISTRIBUTIONS = {folder.name: folder for folder in PROJECT.list_distributions()}
SUPPORTED_PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {name: _build(name, tmp_path_factory.mktemp(name)) for name in DISTRIBUTIONS}


def _build(name: str, folder: Path) -> Path:
    build_wheel(PROJECT, DISTRIBUTIONS[name], folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def _read_metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


def test_all_distributions_have_the_one_version(wheels: dict[str, Path]) -> None:
    metadata = {name: _read_metadata(wheel) for name, wheel in wheels.items()}
    template = (PROJECT.root / "examples" / "template" / "requirements.txt").read_text(encoding="utf-8")
    policy_pack = (PROJECT.root / "policy" / "PulumiPolicy.yaml").read_text(encoding="utf-8")

    assert set(metadata) == {"cli", "emulator", "provider"}
    assert {each["Version"] for each in metadata.values()} == {VERSION}
    assert f"pulumi-adobe=={VERSION}" in (metadata["cli"].get_all("Requires-Dist") or ())
    assert {module.__version__ for module in (adobe_flow, flow_service_emulator, pulumi_adobe)} == {VERSION}
    assert f"\nversion: {VERSION}\n" in policy_pack
    assert {f"{each['Name']}=={VERSION}" for each in metadata.values()} <= set(template.splitlines())


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_metadata_says_who_made_it_for_which_python_and_where_to_read_more(name: str, wheels: dict[str, Path]) -> None:
    metadata = _read_metadata(wheels[name])
    classifiers = metadata.get_all("Classifier") or ()

    assert metadata["Author"]
    assert metadata["Summary"]
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata.get_all("Project-URL")
    assert metadata["Requires-Python"] == f">={SUPPORTED_PYTHONS[0]}"
    pythons = [entry.rpartition(" ")[2] for entry in classifiers if re.search(r":: 3\.\d+$", entry)]
    assert tuple(pythons) == SUPPORTED_PYTHONS


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_the_readme_can_be_read_away_from_the_project(name: str, wheels: dict[str, Path]) -> None:
    metadata = _read_metadata(wheels[name])
    text = str(metadata.get_payload())

    assert metadata["Description-Content-Type"] == "text/markdown"
    assert text.startswith(f"# {metadata['Name']}\n")
    assert [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("https://")] == []


def test_a_second_build_gives_the_same_bytes(
    wheels: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")

    assert _build("cli", tmp_path).read_bytes() == wheels["cli"].read_bytes()
