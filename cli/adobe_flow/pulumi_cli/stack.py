"""A Pulumi stack, as Pulumi's own command line shows it: its config, its state, its plan."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from adobe_flow.documents import parse_document
from adobe_flow.encoding import encode_argument
from adobe_flow.private_folder import get_held_locks
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli import sidecar_files
from adobe_flow.pulumi_cli.errors import redact_pulumi_message
from adobe_flow.pulumi_cli.global_commands import read_login
from adobe_flow.pulumi_cli.project import find_project_file
from adobe_flow.pulumi_cli.resources import read_resources
from adobe_flow.safe_output import REDACTOR, say
from pulumi_adobe.secret_values import validate_secret

_LOCKED_TEXTS = ("the stack is currently locked", "conflict: another update is currently in progress")
_NO_STACK_TEXT = "no stack named"
_EMPTY_FILE_TEXT = "EOF"
_MAX_MESSAGE = 600
_SECRET_KEY = re.compile(r"(secret|token|password|key)s?$", re.IGNORECASE)


@dataclass(frozen=True)
class Stack:
    """The stack ``name`` of the project in ``folder``. Every method may raise a `Problem`."""

    folder: Path
    name: str
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)

    def read_config(self) -> dict[str, str]:
        """Return the whole config, secrets in clear; structured values are JSON texts, as a provider gets them."""
        raw = self.read_object("config", "--json", "--show-secrets")
        entries = {key: entry for key, entry in raw.items() if isinstance(entry, dict)}
        for key, entry in entries.items():
            add_secret(key, entry)
        return {key: str(entry["value"]) for key, entry in entries.items() if entry.get("value") is not None}

    def export_state(self) -> dict[str, Any]:
        """Return the state; secrets stay encrypted."""
        return self.read_object("stack", "export")

    def list_resources(self, *options: str) -> list[dict[str, Any]]:
        """Return the resources of the state; ``options`` are those of `pulumi stack export`."""
        return read_resources(self.read_object("stack", "export", *options), f"The state of {self.name}")

    def read_object(self, *arguments: str) -> dict[str, Any]:
        """Return the JSON object that a command of Pulumi prints."""
        try:
            document = parse_document(self.run_checked(*arguments))
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise Problem(
                f"pulumi {' '.join(arguments[:2])} printed no JSON object for the stack {self.name}.",
                "Is it Pulumi 3, and can it read the stack? pulumi stack export",
            )
        return document

    def run_checked(self, *arguments: str | Path, stdin: str | None = None) -> str:
        """Run a command of Pulumi, and return what it prints. A secret is passed in ``stdin``, its standard input."""
        process = self.run(*arguments, stdin=stdin)
        if process.returncode:
            raise self.explain_failure(arguments, process.stderr or process.stdout)
        return process.stdout

    def run(self, *arguments: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command of Pulumi, and return its exit code and output.

        Args:
            arguments: The command and its arguments. A path is a `Path`, because its bytes may be no UTF-8.
            stdin: The text on its standard input.
        """
        program = shutil.which("pulumi", path=self.environment.get("PATH"))
        if program is None:
            raise Problem(
                "There is no pulumi on PATH, and only it can read the config and the state of a stack.",
                "Install it (https://www.pulumi.com/docs/install/), or leave out --stack to use the environment alone.",
            )
        if find_project_file(self.folder) is None:
            raise Problem(
                f"There is no Pulumi.yaml in {self.folder.resolve()} or a folder above it.",
                "Name the project's folder with -C.",
            )
        parts = [Path(program), *arguments, "--stack", self.name, "--non-interactive", "--color", "never"]
        command = [encode_argument(part) for part in parts]
        with _open_output() as stdout, _open_output() as stderr:
            with subprocess.Popen(  # noqa: S603 - the user's own Pulumi
                command,
                cwd=self.folder,
                env={**self.environment, "PULUMI_SKIP_UPDATE_CHECK": "true"},
                stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
                stdout=stdout or subprocess.PIPE,
                stderr=stderr or subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
                pass_fds=get_held_locks(),
            ) as process:
                piped = _communicate(process, stdin)
            output, error_output = (
                _read_from_start(file) if file else text for file, text in zip((stdout, stderr), piped, strict=True)
            )
        return subprocess.CompletedProcess(command, process.returncode, output, error_output)

    def explain_failure(self, arguments: Sequence[str | Path], output: str) -> Problem:
        """Return the problem that a failed command with this output has, and what to do about it."""
        text = redact_pulumi_message(" ".join(output.split()))
        shown = text if len(text) <= _MAX_MESSAGE else f"…{text[-_MAX_MESSAGE:]}"
        what = f"pulumi {' '.join(map(str, arguments[:2]))} failed on the stack {self.name}: {shown}"
        if any(words in text for words in _LOCKED_TEXTS):
            return Problem(
                what, "Another update works on it. Wait for its end; where none runs any more: pulumi cancel"
            )
        if _EMPTY_FILE_TEXT in text and (hint := self._advise_on_sidecar_files()):
            return Problem(what, hint)
        if _NO_STACK_TEXT in text:
            return Problem(f"There is no stack {self.name} in {self.folder.resolve()}.", self._suggest_other_stacks())
        return Problem(what)

    def _advise_on_sidecar_files(self) -> str:
        try:
            return sidecar_files.advise_removal(
                sidecar_files.find_unreadable(read_login(self.folder, self.environment).url)
            )
        except Problem:
            return ""

    def _suggest_other_stacks(self) -> str:
        process = subprocess.run(  # noqa: S603 - the user's own Pulumi
            [shutil.which("pulumi") or "pulumi", "stack", "ls", "--json", "--non-interactive"],
            cwd=self.folder,
            env=dict(self.environment),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        try:
            names = [str(stack["name"]) for stack in parse_document(process.stdout)]
        except (ValueError, TypeError, KeyError):
            names = []
        return f"There are: {', '.join(names)}." if names else "There is none yet: pulumi stack init."


def read_entries(config: Mapping[str, str], key: str, stack: str) -> dict[str, Any]:
    """Return the object under a key of the stack's config; an empty one where there is no such key. Raises Problem."""
    try:
        entries = parse_document(config.get(key, "{}"))
    except ValueError:
        entries = None
    if not isinstance(entries, dict):
        name = key.rpartition(":")[2]
        raise Problem(f"{name} in the config of {stack} is no object.", "Correct it; __main__.py says what it holds.")
    return entries


def add_secret(key: str, entry: Mapping[str, Any]) -> None:
    """Add the secret of a config entry to the texts that no message shows.

    Pulumi does not say which members of an object are secrets, so the name of the key decides.
    """
    value = entry.get("objectValue", entry.get("value"))
    if entry.get("secret") and (isinstance(value, str) or _SECRET_KEY.search(key)):
        for text in _list_texts(value):
            if validate_secret(text) is None:
                REDACTOR.add_secret(text)


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, list)):
        for member in value.values() if isinstance(value, Mapping) else value:
            yield from _list_texts(member)


def _open_output() -> IO[str] | nullcontext[None]:
    """Open a file in memory for the output of Pulumi; on a system without such files, a pipe is used instead.

    If this process is killed, Pulumi completes the operation that it has begun. A pipe without a reader would kill
    Pulumi at the next line that it prints, and it would leave a lock and pending operations.
    """
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("adobe-flow"), "w+", encoding="utf-8", errors="replace")  # noqa: PTH123 - no path
    return nullcontext()


def _read_from_start(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def _communicate(process: subprocess.Popen[str], stdin: str | None) -> tuple[str, str]:
    """Wait until Pulumi ends. After a signal, interrupt it first, because a killed Pulumi leaves a lock."""
    try:
        return process.communicate(stdin)
    except KeyboardInterrupt:
        _end_process(process)
        raise


def _end_process(process: subprocess.Popen[str]) -> None:
    """Interrupt Pulumi and wait; send the next signal of `_ENDING_STEPS` after its time, or at another Ctrl-C."""
    with suppress(OSError):  # the terminal may be gone
        say("adobe-flow: ending; Pulumi finishes what it has begun")
    for number, seconds in _ENDING_STEPS:
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.communicate(timeout=seconds)
            return


_ENDING_STEPS: Final = ((signal.SIGINT, 120.0), (signal.SIGINT, 20.0), (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0))
"""A second SIGINT makes Pulumi stop without waiting for its plugins."""
