"""Whatever a connection is called, the program compiles, says the same, and passes the checks of this project."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adobe_flow.export.classes import snake_case
from adobe_flow.export.base_connections import Declared, declared
from adobe_flow.export.collect import Export
from adobe_flow.export.files import texts
from tests.cli.export.hostile import WORST, entities, entity

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SANDBOXES = st.sampled_from(["dev", "stage"])


def export(*found: Mapping[str, Any], sandboxes: Sequence[str] = ("dev",)) -> Export:
    every = [declared(each, f"r{number}", sandboxes[number % len(sandboxes)]) for number, each in enumerate(found)]
    return Export([each for each in every if isinstance(each, Declared)])


def calls(text: str) -> list[ast.Call]:
    """The statements that declare something."""
    values = [each.value for each in ast.parse(text).body if isinstance(each, ast.Expr)]
    return [each for each in values if isinstance(each, ast.Call)]


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


@given(st.lists(entities(), max_size=5), st.booleans())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_the_program_compiles_and_its_literals_are_what_is_there(found: list[dict[str, Any]], several: bool) -> None:  # noqa: FBT001 - drawn
    made = export(*found, sandboxes=("dev", "stage") if several else ("dev",))

    text = texts(made, as_config=False, several=several).main

    compile(text, "__main__.py", "exec")
    written = calls(text)
    assert [ast.literal_eval(call.args[0]) for call in written] == [each.resource for each in made.connections]
    for call, each in zip(written, made.connections, strict=True):
        assert argument(call, "name") == each.name
        assert argument(call, "description") == each.description
        expected = {snake_case(name) if each.way.typed else name: value for name, value in each.params.items()}
        assert expected.items() <= values(call).items()
        # A parameter may have the name of an argument of the resource, which is another value.
        own = {keyword.arg for keyword in call.keywords}
        secrets = {snake_case(name) if each.way.typed else name for name in each.secrets}
        assert not (secrets - own) & values(call).keys()


@given(found=st.lists(entities(), min_size=20, max_size=40), several=st.booleans())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_any_program_passes_ruff(found: list[dict[str, Any]], several: bool, tmp_path_factory: Any) -> None:  # noqa: FBT001 - drawn
    made = export(*found, sandboxes=("dev", "stage") if several else ("dev",))
    folder = tmp_path_factory.mktemp("program")
    project(folder, texts(made, as_config=False, several=several).main)

    assert_ruff(folder)


@pytest.mark.parametrize("several", [False, True])
def test_the_worst_names_pass_what_make_check_asks_of_a_program(tmp_path: Path, several: bool) -> None:  # noqa: FBT001 - a case
    found = [entity(number, text, description=text) for number, text in enumerate(WORST)]
    made = export(*found, sandboxes=("dev", "stage") if several else ("dev",))
    project(tmp_path, texts(made, as_config=False, several=several).main)

    assert len(made.connections) == len(WORST) - 3
    assert_ruff(tmp_path)
    checked = tool(tmp_path, "mypy", "--config-file", "pyproject.toml", "__main__.py")
    assert checked.returncode == 0, checked.stdout


def test_a_program_of_nothing_is_one_too(tmp_path: Path) -> None:
    project(tmp_path, texts(Export(), as_config=False, several=False).main)

    assert_ruff(tmp_path)


def project(folder: Path, text: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "__main__.py").write_text(text, "utf-8")


def assert_ruff(folder: Path) -> None:
    formatted = tool(folder, "ruff", "format", "--check", "--diff", "__main__.py")
    assert formatted.returncode == 0, formatted.stdout
    linted = tool(folder, "ruff", "check", "--no-cache", "__main__.py")
    assert linted.returncode == 0, linted.stdout


def tool(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
