"""What exists becomes a program or the stack config, and nothing is asked of the service but what is there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.cli.filled import MARKER, bodies, fill
from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection
from tests.stack.project import OTHER_ORG


def lake(emulator: EmulatorProcess, name: str = "Lake", **changed: object) -> str:
    return str(emulator.foreign_create(**build_foreign_connection(name=name, **changed))["id"])


def test_a_filled_sandbox_becomes_a_program_without_a_secret_and_nothing_is_changed(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    fill(emulator.url)
    emulator.clear_journal()

    said = adobe_flow("export", "--sandbox", "dev", "--sandbox", "stage", "--out", str(tmp_path), "--json")

    assert_valid(said, "export")
    assert said.exit_code == 0
    assert len(said.json["connections"]) == 200
    assert said.json["files"] == [str(tmp_path / name) for name in ("__main__.py", "adoption.json", "set-secrets.sh")]
    written = "".join(file.read_text("utf-8") for file in tmp_path.iterdir())
    assert MARKER not in written + said.stdout
    ids = {each["resource"]: each["id"] for each in said.json["connections"]}
    assert json.loads((tmp_path / "adoption.json").read_text("utf-8")) == ids
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []
    script = (tmp_path / "set-secrets.sh").read_text("utf-8").splitlines()
    assert script[3:] == said.json["commands"]


def test_the_same_is_written_again_and_a_filter_changes_no_name(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    with AdobeClient(emulator.url) as adobe:
        for body in bodies("dev")[:18]:
            adobe.create(body)

    def names(*options: str) -> dict[str, str]:
        found = adobe_flow("export", "--json", *options)
        return {each["id"]: each["resource"] for each in found.json["connections"]}

    assert adobe_flow("export").stdout == adobe_flow("export").stdout
    assert names("--source", "postgresql").items() < names().items()
    assert names("--name", "crm").items() < names().items()


def test_without_a_folder_the_program_alone_is_on_standard_output(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    lake(emulator)

    said = adobe_flow("export")

    compile(said.stdout, "__main__.py", "exec")
    assert "DatabricksSourceConnection(" in said.stdout
    assert "FlowService" not in said.stdout
    assert "pulumi config set --secret lake-accessToken" in said.stderr


def test_databricks_becomes_the_stack_config_of_this_project(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    lake(emulator, name='a "name": with\nall # of it')
    with AdobeClient(emulator.url) as adobe:
        adobe.create(bodies("dev")[1])

    said = adobe_flow("export", "--as", "config", "--json")

    assert_valid(said, "export")
    assert said.exit_code == 1
    assert [each["reason"].split(";")[-1].strip() for each in said.json["skipped"]] == ["export it as a program"]
    assert yaml.safe_load(said.json["text"])["config"]["connections"] == {
        "a-name-with-all-of-it": {
            "name": 'a "name": with\nall # of it',
            "domain": "https://adb-1.7.azuredatabricks.net",
            "clusterId": "foreign",
            "database": "foreign",
        }
    }
    assert said.json["commands"] == ["pulumi config set --secret --path 'accessTokens.a-name-with-all-of-it'"]


def test_two_that_one_program_cannot_declare_are_listed_and_an_id_chooses(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    first, second = lake(emulator), lake(emulator)

    both, one, by_name = (
        adobe_flow("export", "--json"),
        adobe_flow("export", first, "--json"),
        adobe_flow("export", "Lake"),
    )

    assert_valid(both, "export")
    assert both.exit_code == 1
    assert {each["id"] for each in both.json["skipped"]} == {first, second}
    assert [each["id"] for each in one.json["connections"]] == [first]
    assert by_name.exit_code == 3
    assert first in by_name.stderr
    assert second in by_name.stderr


def test_an_unknown_name_is_answered_with_the_nearest(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    lake(emulator)

    said = adobe_flow("export", "Lak")

    assert (said.exit_code, said.stdout) == (3, "")
    assert "Did you mean Lake?" in said.stderr


def test_files_that_are_there_are_kept_unless_forced(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    lake(emulator)
    (tmp_path / "__main__.py").write_text("mine\n", "utf-8")

    refused = adobe_flow("export", "--out", str(tmp_path))

    assert refused.exit_code == 3
    assert "__main__.py already" in refused.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["__main__.py"]
    assert (tmp_path / "__main__.py").read_text("utf-8") == "mine\n"
    assert adobe_flow("export", "--out", str(tmp_path), "--force").exit_code == 0
    assert "DatabricksSourceConnection" in (tmp_path / "__main__.py").read_text("utf-8")


def test_a_sandbox_without_permission_is_named_and_the_others_are_exported(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    lake(emulator)
    emulator.fault("GET /connections", status=403, body={"errorMessage": "no access to the sandbox"})

    every = adobe_flow("export", "-a", "--json")
    emulator.fault("GET /connections", status=403, body={"errorMessage": "no access to the sandbox"})
    alone = adobe_flow("export")

    assert_valid(every, "export")
    assert every.exit_code == 1
    assert [each["sandbox"] for each in every.json["refused"]] == ["prod"]
    assert [each["resource"] for each in every.json["connections"]] == ["dev-lake"]
    assert (alone.exit_code, alone.stdout) == (3, "")
    assert "no access" in alone.stderr


@pytest.mark.parametrize("shown", ["masked", "absent", "empty"])
def test_however_the_service_hides_a_secret_it_is_to_be_filled_in(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, shown: str
) -> None:
    emulator.switch(secrets=shown)
    lake(emulator)

    (found,) = adobe_flow("export", "--json").json["connections"]

    assert found["secrets"] == {"accessToken": "lake-accessToken"}


def test_what_another_organization_has_is_not_seen(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection(org=OTHER_ORG, name="foreign"))

    assert adobe_flow("export", "--json").json["connections"] == []


def test_a_table_reads_at_eighty_columns(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake(emulator, name="[red]alert[/red]")
    monkeypatch.setenv("COLUMNS", "80")

    said = adobe_flow("export", "--out", str(tmp_path / "new"))

    assert "[red]alert[/red]" in said.stdout
    assert "1 exported, 0 not" in said.stdout


def test_of_nothing_no_file_is_written(adobe_flow: AdobeFlow, tmp_path: Path) -> None:
    said = adobe_flow("export", "--out", str(tmp_path))

    assert (said.exit_code, list(tmp_path.iterdir())) == (0, [])
    assert "set-secrets.sh" not in said.stdout


def test_the_script_says_which_secret_it_asks_for(
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

    assert done.stdout == "asked\n" * done.stderr.count("+ pulumi config set --secret ")
    assert done.stderr.count("+ ") > 0
