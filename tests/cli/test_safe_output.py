"""What the command line shows has no secret that it knows, and nothing that a terminal would obey."""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rich.console import Console

import adobe_flow
from adobe_flow.output import Result, format_cell, print_result
from adobe_flow.progress import show_progress
from adobe_flow.pulumi_cli.config import add_secret
from adobe_flow.report.drawing import LAYERS
from adobe_flow.report.wording import SECRETS, SIGNS
from adobe_flow.safe_output import (
    REDACTOR,
    SafeConsole,
    is_format_word,
    redact_result,
    write_to_stderr,
    write_to_stdout,
)
from adobe_flow.tables import create_table, print_table

SECRET = "dapi-shown-4f1d"
TEXT = f"\x1b]52;c;\x07 \u202e \x9b31m {SECRET}"
SHOWN = "\\x1b]52;c;\\x07 \\u202e \\x9b31m [secret]"
PACKAGE = Path(adobe_flow.__file__).parent

DOORS = {
    "sys.stdout.write": ["commands/schema.py", "output.py", "safe_output.py"],
    "sys.stderr.write": ["safe_output.py"],
    "Console": [],
    "typer.echo": [],
    "print": [],
}
"""What lets a text out, and the modules that may use it; `schema` prints files of the package."""


@pytest.fixture(autouse=True)
def _secret() -> None:
    REDACTOR.__init__()  # type: ignore[misc]  # each test is a process of its own
    REDACTOR.add_secret(SECRET)


def render(console: Console, result: Result) -> None:
    shown = create_table("name")
    shown.add_row(format_cell(result["name"]))
    shown.add_row(str(result["name"]).replace("[", "\\["))
    print_table(console, shown)
    console.print(f"[bold]{format_cell(result['name'])}[/bold]")


def test_tables_and_lines_are_redacted_and_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    print_result({"name": TEXT}, as_json=False, render=render)

    shown = capsys.readouterr().out
    assert shown.count(SHOWN) == 3
    assert SECRET not in shown
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)


def test_json_output_has_the_whole_content_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    print_result({"name": [TEXT]}, as_json=True, render=render)

    shown = capsys.readouterr().out
    assert json.loads(shown) == {"name": [TEXT.replace(SECRET, "[secret]")]}
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)


def test_member_names_of_json_output_are_never_redacted(capsys: pytest.CaptureFixture[str]) -> None:
    for word in ("verdict", "stopped", "wrong", "delete"):
        REDACTOR.add_secret(word)
    result = {"verdict": "stopped", "checks": [{"status": "wrong"}], "changes": [{"operation": "delete"}]}

    print_result(result, as_json=True, render=render)

    assert json.loads(capsys.readouterr().out) == result


def test_every_format_word_of_a_report_is_exempt_from_redaction() -> None:
    assert all(is_format_word("operation", operation) for operation in SIGNS)
    assert all(is_format_word("secret", word) for word in SECRETS)
    assert all(is_format_word("layers", layer) for layer in LAYERS)


def test_secrets_of_the_stack_config_are_not_shown() -> None:
    add_secret("demo:apiToken", {"value": "dapi-config-1", "secret": True})
    add_secret("p:accessTokens", {"value": "{}", "objectValue": {"lake": "dapi-config-2"}, "secret": True})
    add_secret("p:connections", {"value": "{}", "objectValue": {"lake": {"domain": "a.b.example"}}, "secret": True})
    add_secret("adobe:sandbox", {"value": "development", "secret": False})

    shown = redact_result({"name": "dapi-config-1 dapi-config-2 a.b.example development"})

    assert shown == {"name": "[secret] [secret] a.b.example development"}


def test_errors_progress_and_program_output_are_redacted_and_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    write_to_stderr(TEXT)
    write_to_stdout(f"{TEXT}\n")
    with show_progress("testing", 1) as report_step:
        report_step(TEXT)

    out, err = capsys.readouterr()
    assert out == f"{SHOWN}\n"
    assert err == f"{SHOWN}\ntesting 1/1: {SHOWN}\n"


def test_our_own_colours_are_not_escaped() -> None:
    file = io.StringIO()
    SafeConsole(file=file, highlight=False, force_terminal=True, color_system="standard", no_color=False).print(
        f"[bold]{format_cell(TEXT)}[/bold]"
    )

    assert file.getvalue().startswith("\x1b[1m\\x1b]52")


@pytest.mark.parametrize("exit_", DOORS)
def test_no_other_module_writes_text_to_standard_output_or_error(exit_: str) -> None:
    users = [module for module, names in list_calls_by_module().items() if exit_ in names]

    assert sorted(users) == DOORS[exit_]


@cache
def list_calls_by_module() -> dict[str, set[str]]:
    return {str(path.relative_to(PACKAGE)): calls(path.read_text()) for path in PACKAGE.rglob("*.py")}


def calls(source: str) -> set[str]:
    return set(_calls(source))


def _calls(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
