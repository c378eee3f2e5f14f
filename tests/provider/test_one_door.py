"""Every text that leaves the package passes the door that redacts it and escapes its control characters."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import pulumi_adobe
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.lifecycle.errors import PartialFailure
from pulumi_adobe.plugin.dynamic.call import CallAborted
from pulumi_adobe.plugin.dynamic.error_reporting import report_errors
from pulumi_adobe.plugin.dynamic.messages import print_message
from pulumi_adobe.plugin.messages import REDACTOR, LimitedMessages
from pulumi_adobe.resources import program_messages
from tests.provider.plugin.dynamic.grpc_context import RecordingContext, serve

SECRET = "dapi-one-door"
TEXT = f"it says {SECRET}\x1b]52;c;\x07\u202e"
SHOWN = "it says [secret]\\x1b]52;c;\\x07\\u202e"
PACKAGE = Path(pulumi_adobe.__file__).parent

DOORS = {
    # The native ones write the port of the plugin, and the package schema.
    "sys.stdout": [
        "plugin/dynamic/messages.py",
        "plugin/native/package_schema.py",
        "plugin/native/server.py",
    ],
    "engine.Log": ["plugin/native/messages.py"],
    "sys.stderr": [],
    "print": [],
    "pulumi.log": ["resources/program_messages.py"],
    "pulumi.RunError": ["resources/program_messages.py"],
    "CheckFailure": ["plugin/dynamic/provider.py"],
    "pb.CheckFailure": ["plugin/native/resource_methods.py", "plugin/native/servicer.py"],
    "context.abort": ["plugin/native/error_reporting.py"],
    "context.abort_with_status": ["plugin/native/error_reporting.py"],
    "StoredFailure": ["plugin/native/resource.py"],
    "call.abort": ["plugin/dynamic/error_reporting.py", "plugin/dynamic/partial_failure.py"],
    "report_partial_failure": ["plugin/dynamic/provider.py"],
}
"""What lets a text out, and the modules that may use it; each gives it the text of the door."""


def list_error_classes() -> list[type[AdobeError]]:
    for module in walk_packages(pulumi_adobe.__path__, "pulumi_adobe."):
        import_module(module.name)
    found, waiting = [], [AdobeError]
    while waiting:
        error_class = waiting.pop()
        found.append(error_class)
        waiting += error_class.__subclasses__()
    return [each for each in found if each.__module__.startswith("pulumi_adobe.")]


def build(error_class: type[AdobeError]) -> AdobeError:
    if error_class is PartialFailure:
        return PartialFailure(AdobeError(TEXT, TEXT), "id", {})
    try:
        return error_class(TEXT, TEXT)
    except TypeError:
        return error_class([TEXT])  # type: ignore[arg-type]  # SettingsError lists problems


@pytest.mark.parametrize("error_class", list_error_classes(), ids=lambda each: each.__name__)
@pytest.mark.parametrize("in_call", [True, False], ids=["in a call", "outside"])
def test_every_error_class_is_shown_without_secret_and_escapes(error_class: type[AdobeError], *, in_call: bool) -> None:
    def fail() -> None:
        with report_errors("The creation of lake", Redactor([SECRET])):
            raise build(error_class)

    if in_call:
        recorded = RecordingContext()
        with pytest.raises(CallAborted):
            serve(recorded, fail)
        shown = recorded.statuses[0].details
    else:
        with pytest.raises(AdobeError) as raised:
            fail()
        shown = str(raised.value)

    assert SHOWN in shown
    assert SECRET not in shown
    assert "\x1b" not in shown


def test_every_message_is_shown_without_secret_and_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    REDACTOR.add_secret(SECRET)

    print_message(TEXT)
    LimitedMessages("summary").show(TEXT, print_message)

    assert capsys.readouterr().out == f"{SHOWN}\n{SHOWN}\n"


def test_errors_and_results_of_the_program_have_no_secret() -> None:
    program_messages.REDACTOR.add_secret(SECRET)

    assert str(program_messages.build_run_error(TEXT)) == SHOWN


@pytest.mark.parametrize("exit_", DOORS)
def test_no_other_module_writes_text_to_the_outside(exit_: str) -> None:
    users = [module for module, names in list_uses_by_module().items() if exit_ in names]

    assert sorted(users) == DOORS[exit_]


@cache
def list_uses_by_module() -> dict[str, set[str]]:
    return {str(path.relative_to(PACKAGE)): set(list_uses(path.read_text())) for path in PACKAGE.rglob("*.py")}


def list_uses(source: str) -> Iterator[str]:
    """Yield each called or read name with its parent, such as `sys.stdout`, but no annotation and no import."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id != "self":
            if node.attr != "RunError" or is_called(source, node):
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def is_called(source: str, attribute: ast.Attribute) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.lineno, node.func.col_offset) == (attribute.lineno, attribute.col_offset)
        for node in ast.walk(ast.parse(source))
    )
