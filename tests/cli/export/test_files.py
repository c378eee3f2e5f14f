"""The files of an export: what each of them has, and which of them an export replaces."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.cli.command_line import AdobeFlow
from tests.cli.commands.test_export import SOME, lake
from tests.cli.filled import bodies
from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess
from tests.hand_made.fill import fill

pytestmark = pytest.mark.slow


def test_several_sandboxes_are_exported_as_one_program_with_a_stack_each(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    lake(emulator)
    lake(emulator, sandbox="stage")

    said = adobe_flow("export", "-a", "--out", str(tmp_path), "--json")

    assert said.exit_code == 0
    assert not (tmp_path / "Pulumi.prod.yaml").exists()
    assert [(each["resource"], each["sandbox"]) for each in said.json["resources"]] == [
        ("lake", "dev"),
        ("lake", "stage"),
    ]
    configs = {
        name: yaml.safe_load((tmp_path / f"Pulumi.{name}.yaml").read_text("utf-8"))["config"]
        for name in ("dev", "stage")
    }
    assert {name: config["adobe:sandbox"] for name, config in configs.items()} == {"dev": "dev", "stage": "stage"}
    assert {name: config["experience-platform:exportedFrom"] for name, config in configs.items()} == {
        "dev": "dev",
        "stage": "stage",
    }
    owners = {
        name: json.loads((tmp_path / f"import-{name}.json").read_text("utf-8"))["resources"][0]["inputs"]["owner"]
        for name in ("dev", "stage")
    }
    assert owners == {"dev": "experience-platform/dev/lake", "stage": "experience-platform/stage/lake"}


def test_existing_stack_file_keeps_its_entries_and_gets_the_missing_ones(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    lake(emulator)
    file = tmp_path / "Pulumi.dev.yaml"
    kept = (
        "  # mine\n  adobe:clientId: mine\n  p:lake-accessToken:\n    secure: v1:encrypted\nencryptionsalt: v1:salt\n"
    )
    file.write_text(f"config:\n{kept}", "utf-8")

    adobe_flow("export", "--out", str(tmp_path))
    adobe_flow("export", "--out", str(tmp_path), "--force")

    text = file.read_text("utf-8")
    assert text.endswith(kept)
    assert yaml.safe_load(text)["config"]["adobe:sandbox"] == "dev"
    assert text.count("adobe:sandbox") == 1


@pytest.mark.parametrize("stack_folder", [None, "stacks", "../elsewhere"])
def test_export_folder_below_a_project_becomes_its_own_project(
    adobe_flow: AdobeFlow,
    emulator: EmulatorProcess,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    stack_folder: str | None,
) -> None:
    lake(emulator)
    (tmp_path / "Pulumi.yaml").write_text(f"name: above\nruntime: python\nstackConfigDir: {stack_folder or ''}\n")
    monkeypatch.chdir(tmp_path)

    below, inside = adobe_flow("export", "--out", "below", "--json"), adobe_flow("export", "--out", ".", "--json")

    assert (below.exit_code, inside.exit_code) == (0, 0)
    assert yaml.safe_load(Path("below/Pulumi.yaml").read_text("utf-8"))["name"] == "experience-platform"
    owners = [
        json.loads(Path(folder, "import.json").read_text("utf-8"))["resources"][0]["inputs"]["owner"]
        for folder in ("below", ".")
    ]
    assert owners == ["experience-platform/dev/lake", "above/dev/lake"]
    assert Path("below/Pulumi.dev.yaml").exists()
    assert Path(stack_folder or ".", "Pulumi.dev.yaml").exists()


def test_existing_files_are_kept_without_force(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    lake(emulator)
    (tmp_path / "__main__.py").write_text("mine\n", "utf-8")
    (tmp_path / "Pulumi.yaml").write_text("name: acme\n", "utf-8")

    refused = adobe_flow("export", "--out", str(tmp_path))

    assert refused.exit_code == 3
    assert "__main__.py already" in refused.stderr
    assert {each.name for each in tmp_path.iterdir()} == {"__main__.py", "Pulumi.yaml"}
    assert (tmp_path / "__main__.py").read_text("utf-8") == "mine\n"
    assert adobe_flow("export", "--out", str(tmp_path), "--force").exit_code == 0
    assert "DatabricksSourceConnection" in (tmp_path / "__main__.py").read_text("utf-8")
    assert (tmp_path / "Pulumi.yaml").read_text("utf-8") == "name: acme\n"
    assert "acme/dev/lake" in (tmp_path / "import.json").read_text("utf-8")


def test_empty_export_writes_no_file(adobe_flow: AdobeFlow, tmp_path: Path) -> None:
    said = adobe_flow("export", "--out", str(tmp_path))

    assert (said.exit_code, list(tmp_path.iterdir())) == (0, [])
    assert "README.md" not in said.stdout


def test_secret_script_names_the_secret_that_it_asks_for(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    with AdobeClient(emulator.url) as adobe:
        adobe.create(bodies("dev")[0])
    adobe_flow("export", "--out", str(tmp_path))
    (tmp_path / "pulumi").write_text("#!/bin/sh\necho asked\n", "utf-8")
    (tmp_path / "pulumi").chmod(0o755)

    done = subprocess.run(
        ["sh", "set-secrets.sh"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "asked\n" * done.stderr.count("+ pulumi config set ")
    assert done.stderr.count("--secret") > 0


def test_import_file_has_every_resource_and_the_readme_has_the_commands_in_order(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    fill(emulator.url, {"dev": SOME})

    said = adobe_flow("export", "--out", str(tmp_path), "--json")

    entries = json.loads((tmp_path / "import.json").read_text("utf-8"))["resources"]
    assert {each["name"]: each["id"] for each in entries} == {
        each["resource"]: each["id"] for each in said.json["resources"]
    }
    assert json.loads((tmp_path / "adoption.json").read_text("utf-8")) == {each["name"]: each["id"] for each in entries}
    readme = (tmp_path / "README.md").read_text("utf-8")
    steps = [
        "stack init dev",
        "sh set-secrets.sh",
        "import.json --generate-code=false --protect=false",
        "pulumi refresh",
        "pulumi up",
    ]
    places = [readme.index(f"{step}") for step in steps]
    assert places == sorted(places)
