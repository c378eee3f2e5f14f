"""Whatever an entity is called, the program compiles, says the same, and passes the checks of this project."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adobe_flow.export.classes import TYPED, to_snake_case
from adobe_flow.export.collect import SandboxExport
from adobe_flow.export.program import write_program
from adobe_flow.export.project_files import build_project_files
from tests.cli.export.hostile import (
    WORST,
    dataflows,
    entities,
    entity,
    source_connections,
    target_connections,
)
from tests.cli.export.samples import export_bases, export_dataflows, export_sources, export_targets

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


def write(export: SandboxExport) -> str:
    return write_program([export], is_single=True)["__main__.py"]


def calls(text: str) -> list[ast.Call]:
    """The statements that declare something."""
    values = [each.value for each in ast.parse(text).body if isinstance(each, (ast.Expr, ast.Assign))]
    return [each for each in values if isinstance(each, ast.Call) and each.args]


def argument(call: ast.Call, name: str) -> Any:
    found = next((each.value for each in call.keywords if each.arg == name), None)
    return None if found is None else ast.literal_eval(found)


def values(call: ast.Call) -> dict[str, Any]:
    """Every plain value in a call, by the argument's name or the parameter's."""
    found: dict[str, Any] = {}
    for node in ast.walk(call):
        pairs = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
        named = [(each.arg, each.value) for each in node.keywords] if isinstance(node, ast.Call) else []
        for key, value in (*((ast.literal_eval(key), value) for key, value in pairs if key), *named):
            if not isinstance(value, (ast.Call, ast.Dict, ast.Subscript)):
                found[str(key)] = ast.literal_eval(value)
    return found


@given(st.lists(entities(), max_size=5))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_exported_program_compiles_and_its_literals_equal_the_entity_values(found: list[dict[str, Any]]) -> None:
    export = export_bases(found)

    text = write(export)

    compile(text, "__main__.py", "exec")
    written = calls(text)
    assert [ast.literal_eval(call.args[0]) for call in written] == [each.resource for each in export.declarations]
    for call, each in zip(written, export.declarations, strict=True):
        assert argument(call, "name") == each.name
        assert argument(call, "description") == each.inputs.get("description")
        is_typed = each.type_name in TYPED.values()
        params = each.inputs.get("params", {})
        assert {to_snake_case(name) if is_typed else name: value for name, value in params.items()}.items() <= values(
            call
        ).items()
        # A parameter may have the name of an argument of the resource, which is another value.
        own = {keyword.arg for keyword in call.keywords}
        secrets = {to_snake_case(name) if is_typed else name for name in each.secrets}
        assert not (secrets - own) & values(call).keys()


@given(found=st.lists(entities(), min_size=20, max_size=40))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_every_program_of_base_connections_passes_ruff(found: list[dict[str, Any]], tmp_path_factory: Any) -> None:
    check(export_bases(found), tmp_path_factory.mktemp("program"))


@given(
    sources=st.lists(source_connections(), min_size=5, max_size=10),
    targets=st.lists(target_connections(), min_size=5, max_size=10),
    flows=st.lists(dataflows(), min_size=5, max_size=10),
)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_every_program_of_the_other_kinds_passes_ruff(
    sources: list[Any], targets: list[Any], flows: list[Any], tmp_path_factory: Any
) -> None:
    datasets = {each["params"]["dataSetId"]: str(each["name"]) for each in targets[1:]}
    exports = (export_sources(sources), export_targets(targets, datasets), export_dataflows(flows))
    declarations = [declaration for export in exports for declaration in export.declarations]
    check(SandboxExport("dev", declarations), tmp_path_factory.mktemp("program"))


def check(export: SandboxExport, folder: Path) -> None:
    prepare(folder, write(export))
    assert_ruff(folder)


def test_program_with_extreme_names_passes_the_checks_of_make_check(tmp_path: Path) -> None:
    export = export_bases(entity(number, text, description=text) for number, text in enumerate(WORST))
    prepare(tmp_path, write(export))

    assert len(export.declarations) == len(WORST) - 3
    assert_ruff(tmp_path)
    checked = run(tmp_path, "mypy", "--config-file", "pyproject.toml", "__main__.py")
    assert checked.returncode == 0, checked.stdout


def test_project_of_several_sandboxes_passes_its_own_ruff_settings_and_mypy_strict(tmp_path: Path) -> None:
    exports = [export_bases(entity(number, text) for number, text in enumerate(WORST)) for _ in range(2)]
    exports[0].sandbox, exports[1].sandbox = "dev-1", "stage"
    for name, text in {**write_program(exports, is_single=False), **build_project_files("acme")}.items():
        (tmp_path / name).write_text(text, "utf-8")

    assert sorted(file.name for file in tmp_path.glob("*.py")) == [
        "__main__.py",
        "sandbox_dev_1.py",
        "sandbox_stage.py",
    ]
    assert_ruff(tmp_path)
    checked = run(tmp_path, "mypy", "--strict", ".")
    assert checked.returncode == 0, checked.stdout


def test_program_without_resources_compiles(tmp_path: Path) -> None:
    prepare(tmp_path, write(SandboxExport("dev")))

    assert_ruff(tmp_path)


def prepare(folder: Path, text: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "__main__.py").write_text(text, "utf-8")


def assert_ruff(folder: Path) -> None:
    formatted = run(folder, "ruff", "format", "--check", "--diff", ".")
    assert formatted.returncode == 0, formatted.stdout
    linted = run(folder, "ruff", "check", "--no-cache", ".")
    assert linted.returncode == 0, linted.stdout


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    arguments: Sequence[str] = [sys.executable, "-m", *command]
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
