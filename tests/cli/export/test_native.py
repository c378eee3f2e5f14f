"""An export for the native provider: its classes take the arguments, and its states say what the dynamic ones say."""

from __future__ import annotations

import ast
import inspect
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adobe_flow.export.collect import SandboxExport
from adobe_flow.export.declaration import Declaration
from adobe_flow.export.native import convert_to_native
from adobe_flow.export.program import write_program
from pulumi_adobe import native
from pulumi_adobe.plugin.state_format import NATIVE
from pulumi_adobe.resource_names import build_owner
from tests.cli.command_line import AdobeFlow
from tests.cli.commands.test_export import lake
from tests.cli.export.hostile import WORST, dataflows, entities, entity, source_connections, target_connections
from tests.cli.export.samples import export_bases, export_dataflows, export_sources, export_targets
from tests.cli.export.test_program import assert_ruff, calls, prepare, run
from tests.emulator_process import EmulatorProcess
from tests.hand_made.fill import Amounts, fill
from tests.property_examples import scale_examples

UNHURRIED = settings(deadline=None, max_examples=scale_examples(15), suppress_health_check=list(HealthCheck))


def write(export: SandboxExport) -> str:
    text = write_program([export], is_single=True, package="pulumi_adobe.native")["__main__.py"]
    compile(text, "__main__.py", "exec")
    return text


def assert_accepted(text: str) -> None:
    """Each class of the SDK has these arguments, and all that it requires."""
    for call in calls(text):
        assert isinstance(call.func, ast.Name)
        parameters = inspect.signature(getattr(native, f"{call.func.id}Args")).parameters
        assert {keyword.arg for keyword in call.keywords} <= set(parameters), ast.unparse(call)


def assert_same_inputs(declaration: Declaration) -> None:
    """The inputs that follow from the state of a native resource are those that the dynamic class would send."""
    token = NATIVE.build_type_token(declaration.type_name)
    resource_type = NATIVE.find_resource_type(token)
    assert resource_type is not None
    owner = build_owner("acme", "dev", declaration.resource)
    inputs = {**declaration.inputs, "owner": owner}
    given_inputs = NATIVE.write_inputs(token, resource_type.schema.flatten(inputs))
    urn = f"urn:pulumi:dev::acme::{token}::{declaration.resource}"

    assert NATIVE.read_inputs(urn, given_inputs) == inputs


@pytest.mark.slow
@UNHURRIED
@given(
    bases=st.lists(entities(), max_size=3),
    sources=st.lists(source_connections(), max_size=3),
    targets=st.lists(target_connections(), max_size=3),
    flows=st.lists(dataflows(), max_size=3),
)
def test_any_export_says_the_same_for_the_native_provider(
    bases: list[Any], sources: list[Any], targets: list[Any], flows: list[Any]
) -> None:
    datasets = {each["params"]["dataSetId"]: str(each["name"]) for each in targets[1:]}
    for export in (
        export_bases(bases),
        export_sources(sources),
        export_targets(targets, datasets),
        export_dataflows(flows),
    ):
        converted = convert_to_native(export)
        assert_accepted(write(converted))
        for declaration in converted.declarations:
            assert_same_inputs(declaration)


def test_awkward_entities_say_the_same_for_the_native_provider() -> None:
    export = export_bases(entity(number, text, description=text) for number, text in enumerate(WORST))

    converted = convert_to_native(export)

    assert_accepted(write(converted))
    for declaration in converted.declarations:
        assert_same_inputs(declaration)


@pytest.mark.slow
def test_the_worst_names_pass_what_make_check_asks_of_a_program(tmp_path: Path) -> None:
    export = export_bases(entity(number, text, description=text) for number, text in enumerate(WORST))
    prepare(tmp_path, write(convert_to_native(export)))

    assert_ruff(tmp_path)
    checked = run(tmp_path, "mypy", "--config-file", "pyproject.toml", "__main__.py")
    assert checked.returncode == 0, checked.stdout


def test_the_folder_of_an_export_has_native_tokens_and_names_the_plugin(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    fill(emulator.url, {"dev": Amounts(connections=3, sources=2, targets=1, flows=1)})

    said = adobe_flow("export", "--provider", "native", "--out", str(tmp_path), "--json")

    text = (tmp_path / "__main__.py").read_text("utf-8")
    assert_accepted(text)
    assert "from pulumi_adobe.native import" in text
    assert {each["class"] for each in said.json["resources"]} <= {
        "BaseConnection",
        "DatabricksSourceConnection",
        "SourceConnection",
        "TargetConnection",
        "Dataflow",
    }
    entries = json.loads((tmp_path / "import.json").read_text("utf-8"))["resources"]
    assert len(entries) == 7
    assert all(each["type"].startswith("adobe:index:") and each["version"] for each in entries)
    assert all("owner" not in each["inputs"] and each["outputs"]["owner"] for each in entries)
    assert "__provider" not in json.dumps(entries)
    project = yaml.safe_load((tmp_path / "Pulumi.yaml").read_text("utf-8"))
    assert project["plugins"]["providers"] == [{"name": "adobe", "path": ".venv/bin"}]
    assert "    - name: adobe\n" in (tmp_path / "README.md").read_text("utf-8")


def test_references_look_ups_and_secrets_are_expressions_of_the_native_program(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    fill(emulator.url, {"dev": Amounts(connections=1, sources=1, targets=1, flows=1)})

    text = adobe_flow("export", "--provider", "native").stdout

    assert "base_connection_id=" in text
    assert ".id,\n" in text
    assert "source_connection_ids=[" in text
    assert 'data_set_id=find_dataset(name="' in text
    assert "config.require_secret(" in text


def test_a_stack_config_has_no_provider_to_choose(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    lake(emulator)

    assert adobe_flow("export", "--as", "config", "--provider", "native").exit_code == 2
