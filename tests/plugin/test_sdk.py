"""The versions of Pulumi's SDK for which the frame look-up of `call.py` and the methods of `servicer.py` hold."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
from pathlib import Path

import pytest

VERIFIED_VERSIONS = ("3.259.0", "3.272.0")
CALLS = ("Check", "Diff", "Create", "Read", "Update", "Delete")


def check_version(version: str) -> None:
    """Fail with what to verify if the frame look-up has not been verified with this version of the SDK."""
    if version not in VERIFIED_VERSIONS:
        pytest.fail(
            f"pulumi {version} is none of {', '.join(VERIFIED_VERSIONS)}, for which find_call() of "
            "provider/pulumi_adobe/plugin/dynamic/call.py is verified. Verify in pulumi/dynamic/__main__.py that each "
            "servicer method has the gRPC context in a variable named `context`, that it calls the provider in the "
            "same thread, and that it only aborts the call after an exception; for servicer.py, that Cancel, Check "
            "and Diff are plain functions, and that Cancel does nothing. Run tests/plugin with this version. "
            "If all tests but this one pass, add the version here. If the SDK now has a public way to end a call with "
            "a message and error details, use that instead.",
            pytrace=False,
        )


def test_frame_look_up_is_verified_for_the_installed_sdk() -> None:
    check_version(importlib.metadata.version("pulumi"))


def test_other_version_fails_with_what_to_verify() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"pulumi 4\.0\.0 .*call\.py.*`context`.*tests/plugin"):
        check_version("4.0.0")


@pytest.mark.parametrize("call", CALLS)
def test_servicer_method_has_the_grpc_context_as_the_argument_context(call: str) -> None:
    assert "context" in get_servicer_arguments(call)


def test_servicer_has_a_cancel_method_that_does_nothing() -> None:
    assert get_servicer_arguments("Cancel") == ["self", "request", "context"]


def get_servicer_arguments(call: str) -> list[str]:
    """Return the arguments of the servicer's method. Importing its module would start a server."""
    spec = importlib.util.find_spec("pulumi.dynamic.__main__")
    assert spec
    tree = ast.parse(Path(str(spec.origin)).read_text(encoding="utf-8"))
    (method,) = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == call)
    return [argument.arg for argument in method.args.args]
