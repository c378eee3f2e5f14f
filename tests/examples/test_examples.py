"""Every example, as a person would run it: with the real engine, against the emulator."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml

from pulumi_adobe.sources.families import flow_spec
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection
from tests.stack.either_adapter import declare_plugin
from tests.stack.project import StackProject

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine")]
EXAMPLES = Path(__file__).parents[2] / "examples"
DATASET, CUSTOMERS = "6889f4f89b982b2b90bc1207", "6889f4f89b982b2b90bc1208"
TOKEN = "dapi-example-0001"
DAY = 86400


@pytest.fixture
def example(request: pytest.FixtureRequest, tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    project = StackProject(tmp_path / "project", emulator, EXAMPLES / request.param)
    project.set_secret("databricksToken", TOKEN)
    return project


def test_every_example_is_run_by_a_test() -> None:
    elsewhere = '"fleet": tests/fleet, "ci": tests/ci, "template": tests/docs/commands/test_tutorial.py'
    text = Path(__file__).read_text(encoding="utf-8") + elsewhere

    assert [each.name for each in EXAMPLES.iterdir() if each.is_dir() and f'"{each.name}"' not in text] == []


@pytest.mark.parametrize("example", ["databricks-to-dataset"], indirect=True)
def test_dataflow_copies_rows_and_destroy_deletes_it_before_its_connections(
    example: StackProject, emulator: EmulatorProcess
) -> None:
    example.up()
    assert example.output("columns") == ["order_id", "customer_id", "amount", "ordered_at"]
    emulator.turn_clock(DAY)

    again = example.preview("--expect-no-changes").text
    example.up()
    run = example.output("lastRun")
    example.refresh("--expect-no-changes")
    emulator.clear_journal()
    example.destroy()

    assert "5 unchanged" in again
    assert (run["status"], run["records_written"]) == ("success", 5)
    assert emulator.rows(DATASET)[0]["_id"] == "O-5001"
    assert len(emulator.rows(DATASET)) == 5
    deleted = [each["path"].split("/")[-2] for each in emulator.journal() if each["method"] == "DELETE"]
    assert deleted[0] == "flows"
    assert sorted(deleted[1:]) == ["connections", "sourceConnections", "targetConnections"]
    assert deleted.index("sourceConnections") < deleted.index("connections")
    kept = emulator.entities()
    assert emulator.connections() == kept["flows"] == kept["sourceConnections"] == kept["targetConnections"] == []


@pytest.mark.parametrize("example", ["databricks-to-dataset"], indirect=True)
def test_preview_shows_that_another_table_replaces_source_connection_and_dataflow(
    example: StackProject, emulator: EmulatorProcess
) -> None:
    start = datetime.now(timezone.utc) + timedelta(seconds=90)
    example.write_config(start=start.isoformat(timespec="seconds"))
    example.write_config(mapping={"customer_id": "_acme.customerId"})
    example.up()
    made = emulator.entities()
    emulator.turn_clock(DAY)
    example.write_config(table="acme.customers", mapping={"customer_id": "_acme.customerId"})
    # The delta column of the new table has another name.
    program = example.folder / "__main__.py"
    program.write_text(program.read_text().replace('"ordered_at"', '"updated_at"'))

    preview = example.preview("--diff").text
    emulator.clear_journal()
    example.up()

    assert '~ tableName       : "acme.orders" => "acme.customers"' in preview
    assert "+-2 to replace" in preview
    writes = [(each["method"], each["path"].split("/")[4]) for each in emulator.journal() if each["effect"]]
    assert [each for each in writes if each[1] != "mappingSets"] == [
        ("POST", "sourceConnections"),
        ("POST", "flows"),
        ("DELETE", "flows"),
        ("DELETE", "sourceConnections"),
    ]
    assert emulator.entities()["flows"][0]["id"] != made["flows"][0]["id"]
    emulator.turn_clock(2 * DAY)
    example.up()
    run = example.output("lastRun")
    assert run["status"] == "success"
    example.destroy()


@pytest.mark.parametrize("example", ["databricks-to-dataset"], indirect=True)
def test_problems_of_a_mapping_are_named_before_the_dataflow_is_created(
    example: StackProject, emulator: EmulatorProcess
) -> None:
    example.write_config(mapping={"amont": "_acme.amount"})
    assert re.search(r"mapping\.amont.*did you mean amount\?", example.up(succeeds=False).text)
    assert emulator.entities()["sourceConnections"] == []

    example.write_config(mapping={"amount": "_acme.amout"})
    assert re.search(
        r"mapping\.amount: .*_acme\.amout \(did you mean _acme\.amount\?\)", example.up(succeeds=False).text
    )
    assert emulator.entities()["flows"] == []


@pytest.mark.parametrize("example", ["one-table"], indirect=True)
def test_component_is_four_resources_named_after_it(example: StackProject, emulator: EmulatorProcess) -> None:
    preview = example.preview().text
    assert all(f"orders-{part}" in preview for part in ("connection", "source", "target", "flow"))
    example.up()

    assert example.output("tables") == ["acme.customers", "acme.orders", "acme.spring_campaign"]
    assert "6 unchanged" in example.preview("--expect-no-changes").text
    emulator.turn_clock(600)
    assert len(emulator.rows(DATASET)) == 5
    example.destroy()
    assert emulator.connections() == []


@pytest.mark.parametrize("example", ["native-provider"], indirect=True)
def test_native_provider_copies_the_rows_of_a_table(example: StackProject, emulator: EmulatorProcess) -> None:
    declare_plugin(example.folder)
    example.up()
    emulator.turn_clock(DAY)

    assert {each["type"].split(":")[0] for each in example.state()} == {"adobe", "pulumi"}
    assert example.output("dataflowId") == emulator.entities()["flows"][0]["id"]
    example.preview("--expect-no-changes")
    assert len(emulator.rows(DATASET)) == 5
    example.destroy()
    assert emulator.connections() == emulator.entities()["flows"] == []


def test_the_project_file_of_the_native_example_names_the_plugin() -> None:
    project = yaml.safe_load((EXAMPLES / "native-provider" / "Pulumi.yaml").read_text(encoding="utf-8"))

    assert project["plugins"] == {"providers": [{"name": "adobe", "path": ".venv/bin"}]}
    assert project["runtime"]["options"]["virtualenv"] == ".venv"


@pytest.mark.parametrize("example", ["three-sandboxes"], indirect=True)
def test_one_program_creates_connections_in_three_sandboxes(example: StackProject, emulator: EmulatorProcess) -> None:
    example.up()

    there = {each["sandboxName"]: each["id"] for each in emulator.connections()}
    assert there == {sandbox: example.output(sandbox) for sandbox in ("dev", "stage", "prod")}
    example.preview("--expect-no-changes")
    example.destroy()


@pytest.mark.parametrize("example", ["snowflake-and-s3"], indirect=True)
def test_one_program_connects_different_sources(example: StackProject, emulator: EmulatorProcess) -> None:
    for secret in ("snowflakeKey", "s3SecretKey", "zendeskToken"):
        example.set_secret(secret, f"{secret}-value-0001")
    example.up()

    assert sorted(example.output("ids")) == sorted(each["id"] for each in emulator.connections())
    assert "-value-0001" not in example.state_files()
    example.preview("--expect-no-changes")
    example.destroy()


@pytest.mark.parametrize("example", ["typed-sources"], indirect=True)
def test_typed_sources_are_created(example: StackProject, emulator: EmulatorProcess) -> None:
    for secret in ("bigQueryKey", "sasUri", "shopPassword", "crmPassword"):
        example.set_secret(secret, f"{secret}-value-0001")
    example.up()

    assert sorted(example.output("ids")) == sorted(each["id"] for each in emulator.connections())
    example.preview("--expect-no-changes")
    example.destroy()


FAMILIES = {
    "dropped-once": "CloudStorageToAEP",
    "exports-daily": "CloudStorageToAEP",
    "members-hourly": "RestStorageToAEP",
    "hub-flow": "Stream data with optional transformation",
    "kinesis-flow": "Stream data with optional transformation",
    "pubsub-flow": "Stream data with optional transformation",
    "warehouse-flow": "Stream data with transformation",
    "raw-flow": "Stream data with transformation",
    "xdm-flow": "Stream data without transformation",
    "feedback-flow": "Streaming SDK",
}


@pytest.mark.parametrize("example", ["families"], indirect=True)
def test_each_family_of_sources_has_a_dataflow(example: StackProject, emulator: EmulatorProcess) -> None:
    names = ("s3", "mailchimp", "eventHubs", "kinesis", "pubsub", "snowflake")
    example.set_secret("sourceSecrets", json.dumps({name: f"{name}-secret-0001" for name in names}))
    emulator.switch(list_items="summary")
    preview = example.preview().text
    example.up()

    flows = {each["name"]: each for each in emulator.entities()["flows"]}
    assert {name: flow["flowSpec"]["id"] for name, flow in flows.items()} == {
        name: flow_spec(family).id for name, family in FAMILIES.items()
    }
    scheduled = {name for name, flow in flows.items() if "scheduleParams" in flow}
    assert scheduled == {name for name, family in FAMILIES.items() if flow_spec(family).has_schedule}
    addresses = json.loads(example.pulumi("stack", "output", "--json").stdout)
    emulator.turn_clock(DAY)
    example.preview("--refresh", "--expect-no-changes")
    assert "warning" not in preview
    assert addresses.keys() == {"webhook", "rawApi"}
    assert all(address.startswith("https://dcs.adobedc.net/collection/") for address in addresses.values())
    assert "-secret-0001" not in example.state_files()
    assert {row["_id"] for row in emulator.rows(CUSTOMERS)} >= {"C-1001", "M-1"}
    example.destroy()
    assert emulator.connections() == emulator.entities()["flows"] == []


@pytest.mark.parametrize("example", ["adopt-existing"], indirect=True)
def test_connection_created_by_hand_is_adopted(example: StackProject, emulator: EmulatorProcess) -> None:
    missing = example.preview(succeeds=False).text
    there = emulator.foreign_create(**build_foreign_connection(name="Lake made by hand"))["id"]
    example.up()

    assert re.search(r'find_connection: 0 connections .*"Lake made by hand"', missing)
    assert "Traceback" not in missing
    assert example.output("connectionId") == there
    assert emulator.connections()[0]["auth"]["params"]["clusterId"] == "0612-200003-abc123"
    example.preview("--expect-no-changes")


_MOCKED = """
import json, runpy, sys
import pulumi

class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        made.append((args.typ, args.inputs))
        outputs = {
            "Token": {"tokenValue": "dapi-made-by-databricks"},
            "LandingZoneCredentials": {"sparkConf": {"fs.azure.sas.c.a.blob.core.windows.net": "sv=made-by-adobe"}},
        }
        return f"{args.name}-id", {**args.inputs, **outputs.get(args.typ.rpartition(":")[2], {})}
    def call(self, args):
        return {}

made = []
pulumi.runtime.set_mocks(Mocks(), project="databricks-workspace", stack="dev")
pulumi.runtime.set_config("databricks-workspace:domain", "https://adb-1.7.azuredatabricks.net")
pulumi.runtime.test(lambda: runpy.run_path(sys.argv[1]))()
print(json.dumps({typ: {k: v for k, v in inputs.items() if isinstance(v, (str, dict))} for typ, inputs in made}))
"""


def test_connection_uses_the_token_that_databricks_creates(databricks_package: Path) -> None:
    """`databricks-workspace`: its cloud is played by the SDK's mocks."""
    env = {**os.environ, "PYTHONPATH": str(databricks_package)}
    program = str(EXAMPLES / "databricks-workspace" / "__main__.py")
    done = subprocess.run(
        [sys.executable, "-c", _MOCKED, program], env=env, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout.splitlines()[-1])
    connection = made["pulumi-python:dynamic/adobe:DatabricksSourceConnection"]
    assert connection["clusterId"] == "ingestion-id"
    assert "dapi-made-by-databricks" in json.dumps(connection["accessToken"])
    (cluster,) = (inputs for typ, inputs in made.items() if typ.endswith(":Cluster"))
    assert "sv=made-by-adobe" in json.dumps(cluster["sparkConf"])


_TYPED = """
import pulumi_databricks as databricks
from pulumi_adobe import LandingZoneCredentials, merge_spark_conf

dev, prod = LandingZoneCredentials("dev"), LandingZoneCredentials("prod", rotate_before=14)
databricks.Cluster("one", spark_version="15.4.x-scala2.12", spark_conf=dev.spark_conf)
databricks.Cluster("both", spark_version="15.4.x-scala2.12", spark_conf=merge_spark_conf({"a": "b"}, dev, prod))
databricks.Cluster("wrong", spark_version="15.4.x-scala2.12", spark_conf=dev.sas_token)
"""


@pytest.mark.slow
@pytest.mark.large
def test_spark_conf_has_the_type_that_the_real_databricks_package_takes(
    databricks_package: Path, tmp_path: Path
) -> None:
    typed = tmp_path / "typed.py"
    typed.write_text(_TYPED, encoding="utf-8")
    flags = ("--config-file=", "--strict", "--follow-imports=silent", f"--cache-dir={tmp_path / 'cache'}")
    files = (str(typed), str(EXAMPLES / "databricks-workspace" / "__main__.py"))

    done = subprocess.run(
        [sys.executable, "-m", "mypy", *flags, *files],
        env={**os.environ, "MYPYPATH": str(databricks_package)},
        capture_output=True,
        text=True,
        check=False,
    )

    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert [re.findall(r"typed\.py:(\d+): error: .*spark_conf", line) for line in errors] == [["8"]], done.stdout


def test_project_name_of_an_example_is_its_folder() -> None:
    """`"template"` and `"databricks-workspace"` have no parameter to be named by."""
    for file in EXAMPLES.glob("*/Pulumi.yaml"):
        name = yaml.safe_load(file.read_text(encoding="utf-8").replace("${PROJECT}", "template"))["name"]
        assert name == file.parent.name
    assert shutil.which("pulumi")
