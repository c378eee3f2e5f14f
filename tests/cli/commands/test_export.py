"""What exists becomes a program or the stack config, and nothing is asked of the service but what is there."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.cli.filled import bodies
from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess
from tests.hand_made.bodies import MARKER
from tests.hand_made.fill import Amounts, HandMade, fill
from tests.provider.lifecycle.world import build_foreign_connection
from tests.stack.project import OTHER_ORG

FILES = ("__main__.py", "README.md", "import.json", "set-secrets.sh", "adoption.json")
PROJECT_FILES = ("Pulumi.yaml", "requirements.txt", "ruff.toml", "Pulumi.dev.yaml")
SOME = Amounts(connections=6, sources=8, targets=3, flows=6)


def lake(emulator: EmulatorProcess, name: str = "Lake", **changed: object) -> str:
    return str(emulator.foreign_create(**build_foreign_connection(name=name, **changed))["id"])


def test_sandbox_is_exported_to_a_folder_without_secrets_and_not_changed(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    filled = fill(emulator.url, {"dev": SOME})["dev"]
    emulator.clear_journal()

    said = adobe_flow("export", "--out", str(tmp_path), "--json")

    assert_valid(said, "export")
    assert said.exit_code == 0
    assert {each["id"] for each in said.json["resources"]} == {id_ for ids in filled.ids.values() for id_ in ids}
    assert said.json["files"] == [str(tmp_path / name) for name in (*FILES, *PROJECT_FILES)]
    written = "".join(file.read_text("utf-8") for file in tmp_path.iterdir())
    assert MARKER not in written + said.stdout
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []
    script = (tmp_path / "set-secrets.sh").read_text("utf-8").splitlines()
    assert script[3:] == said.json["commands"]
    config = yaml.safe_load((tmp_path / "Pulumi.dev.yaml").read_text("utf-8"))["config"]
    assert (config["adobe:sandbox"], config["adobe:clientId"]) == ("dev", "emulator-client-id")


def test_second_export_is_identical_and_a_filter_changes_no_name(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    fill(emulator.url, {"dev": SOME, "stage": SOME})
    both = ("--sandbox", "dev", "--sandbox", "stage")

    def names(*options: str) -> dict[str, str]:
        found = adobe_flow("export", "--json", *options)
        return {each["id"]: each["resource"] for each in found.json["resources"]}

    for folder in ("first", "second"):
        adobe_flow("export", "--out", str(tmp_path / folder), *both)
    texts = [
        {file.name: file.read_text("utf-8") for file in (tmp_path / folder).iterdir()} for folder in ("first", "second")
    ]

    assert texts[0] == texts[1]
    assert len(texts[0]) == len(FILES) + len(PROJECT_FILES) + 6
    some = names("--source", "postgresql")
    assert some.items() < names().items()
    assert len(some) > 1


def test_connection_is_exported_with_all_dependent_entities(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    filled = fill(emulator.url, {"dev": Amounts(connections=2, sources=4, targets=3, flows=4)})["dev"]
    base_id, ids = filled.ids["connections"][0], filled.ids

    said = adobe_flow("export", base_id, "--json")

    kinds: dict[str, set[str]] = {}
    for each in said.json["resources"]:
        kinds.setdefault(each["kind"], set()).add(each["id"])
    assert kinds == {
        "base connection": {base_id},
        "source connection": {ids["sourceConnections"][0], ids["sourceConnections"][2]},
        "dataflow": {ids["flows"][0], ids["flows"][2]},
        "target connection": {ids["targetConnections"][0], ids["targetConnections"][2]},
    }


def test_export_without_a_folder_prints_only_the_program(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    lake(emulator)

    said = adobe_flow("export")
    several = adobe_flow("export", "--sandbox", "dev", "--sandbox", "stage")

    compile(said.stdout, "__main__.py", "exec")
    assert "DatabricksSourceConnection(" in said.stdout
    assert "--secret lake-accessToken" in said.stderr
    assert (several.exit_code, several.stdout) == (3, "")
    assert "--out" in several.stderr


def test_databricks_connections_are_exported_as_stack_config_of_this_project(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
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


def test_connections_that_one_program_cannot_both_declare_are_listed_and_an_id_selects_one(
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
    assert [each["id"] for each in one.json["resources"]] == [first]
    assert by_name.exit_code == 3
    assert first in by_name.stderr
    assert second in by_name.stderr


def test_exported_entity_on_an_omitted_connection_refers_to_its_id(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    first, _ = lake(emulator), lake(emulator)
    person = HandMade(emulator.url, "dev")
    spec = build_foreign_connection()["connectionSpec"]
    body = {"name": "orders", "baseConnectionId": first, "data": {"format": "tabular"}, "connectionSpec": spec}
    person.create("sourceConnections", {**body, "params": {"tableName": "acme.orders"}})

    said = adobe_flow("export")

    assert f'base_connection="{first}",' in said.stdout
    assert 'source="databricks",' in said.stdout


def test_unknown_name_is_an_error_with_the_nearest_name(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    lake(emulator)

    said = adobe_flow("export", "Lak")

    assert (said.exit_code, said.stdout) == (3, "")
    assert "Did you mean Lake?" in said.stderr


def test_sandbox_without_permission_is_named_and_the_other_sandboxes_are_exported(
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
    assert [each["resource"] for each in every.json["resources"]] == ["lake"]
    assert (alone.exit_code, alone.stdout) == (3, "")
    assert "no access" in alone.stderr


@pytest.mark.parametrize("shown", ["masked", "absent", "empty"])
def test_secret_is_a_placeholder_however_the_service_masks_it(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, shown: str
) -> None:
    emulator.switch(secrets=shown)
    lake(emulator)

    (found,) = adobe_flow("export", "--json").json["resources"]

    assert found["secrets"] == {"accessToken": "lake-accessToken"}


def test_entities_of_another_organization_are_not_exported(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection(org=OTHER_ORG, name="foreign"))

    assert adobe_flow("export", "--json").json["resources"] == []


def test_export_table_fits_eighty_columns(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake(emulator, name="[red]alert[/red]")
    monkeypatch.setenv("COLUMNS", "80")

    said = adobe_flow("export", "--out", str(tmp_path / "new"))

    assert "[red]alert[/red]" in said.stdout
    assert "Exported 1, not exportable 0." in said.stdout
