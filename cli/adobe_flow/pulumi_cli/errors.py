"""The errors of Pulumi's command line: redaction of its messages, and advice about a failed command on a stack."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from adobe_flow.documents import parse_document
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli import sidecar_files
from adobe_flow.pulumi_cli.global_commands import read_login

_LOCKED_TEXTS: Final = ("the stack is currently locked", "conflict: another update is currently in progress")
_NO_STACK_TEXT: Final = "no stack named"
_EMPTY_FILE_TEXT: Final = "EOF"
_MAX_MESSAGE: Final = 600

_PASSWORD = re.compile(r"(//[^/\s:@]*):[^@\s]{0,1000}@")
"""The password of an address. Its length is bounded, lest each of many `//x:` start a search to the end."""
_EXCERPT = re.compile(r"(!!\w+) `[^`]*`")
"""The excerpt that Pulumi's YAML reader quotes when it cannot read a value; it may have a secret in clear."""


def redact_pulumi_message(text: str) -> str:
    """Return the message with an ellipsis in the place of each password and excerpt."""
    return _EXCERPT.sub(r"\1 …", _PASSWORD.sub(r"\1:…@", text))


class FailedStack(Protocol):
    """The stack on which a command failed."""

    @property
    def folder(self) -> Path:
        """The folder of the project."""

    @property
    def name(self) -> str:
        """The name of the stack."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment of Pulumi."""


def explain_failure(stack: FailedStack, arguments: Sequence[str | Path], output: str) -> Problem:
    """Return the problem that a failed command with this output has, and what to do about it."""
    text = redact_pulumi_message(" ".join(output.split()))
    shown = text if len(text) <= _MAX_MESSAGE else f"…{text[-_MAX_MESSAGE:]}"
    what = f"pulumi {' '.join(map(str, arguments[:2]))} failed on the stack {stack.name}: {shown}"
    if any(words in text for words in _LOCKED_TEXTS):
        return Problem(
            what, "Another update of the stack is running. Wait until it ends. If none is running: pulumi cancel"
        )
    if _EMPTY_FILE_TEXT in text and (hint := _advise_on_sidecar_files(stack)):
        return Problem(what, hint)
    if _NO_STACK_TEXT in text:
        return Problem(f"There is no stack {stack.name} in {stack.folder.resolve()}.", _suggest_other_stacks(stack))
    return Problem(what)


def _advise_on_sidecar_files(stack: FailedStack) -> str:
    try:
        return sidecar_files.advise_removal(
            sidecar_files.find_unreadable_sidecars(read_login(stack.folder, stack.environment).url)
        )
    except Problem:
        return ""


def _suggest_other_stacks(stack: FailedStack) -> str:
    process = subprocess.run(  # noqa: S603 - the user's own Pulumi
        [shutil.which("pulumi") or "pulumi", "stack", "ls", "--json", "--non-interactive"],
        cwd=stack.folder,
        env=dict(stack.environment),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    try:
        names = [str(listed["name"]) for listed in parse_document(process.stdout)]
    except (ValueError, TypeError, KeyError):
        names = []
    return f"There are: {', '.join(names)}." if names else "There is no stack yet: pulumi stack init."
