"""Puts the adopted connections into the stack's state, in one step, with a backup that is kept."""

from __future__ import annotations

import json
import shlex
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

from adobe_flow.files import write_files
from adobe_flow.problem import Problem
from adobe_flow.shown import say
from adobe_flow.stack import Stack
from pulumi_adobe.errors import AdobeError

FOLDER: Final = ".adobe-flow"
"""Where backups are kept, in the project's folder; it hides itself from git."""


def take_over(stack: Stack, before: Mapping[str, Any], gained: Sequence[Mapping[str, Any]]) -> Path:
    """Add these resources to the state that the adoption was worked out from. Gives the file of the backup.

    Raises Problem, which says what the state is now: as it was, or how it becomes so again.
    """
    if _resources(stack.export()) != _resources(before):
        raise Problem(
            f"The state of {stack.name} has changed while the adoption was worked out. Nothing was changed.",
            "Run it again.",
        )
    backup = _kept(stack, before)
    deployment = {**before["deployment"], "resources": [*_resources(before), *gained]}
    after = json.dumps({**before, "deployment": deployment})
    try:
        with _undisturbed():
            _imported(stack, after, before, backup)
            _require(stack, before, backup, {str(each["urn"]) for each in gained})
    except KeyboardInterrupt:
        say(f"The state of {stack.name} has them already. To go back: {put_back(stack, backup)}")
        raise
    return backup


def put_back(stack: Stack, backup: Path) -> str:
    """The command that undoes it, wherever it is typed."""
    if stack.folder == Path():
        return shlex.join(("pulumi", "stack", "import", "--stack", stack.name, "--file", str(backup)))
    folder, file = str(stack.folder.resolve()), str(backup.resolve())
    return shlex.join(("pulumi", "-C", folder, "stack", "import", "--stack", stack.name, "--file", file))


def _resources(state: Mapping[str, Any]) -> list[Any]:
    return list((state.get("deployment") or {}).get("resources") or [])


def _kept(stack: Stack, state: Mapping[str, Any]) -> Path:
    folder = stack.folder / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    moment = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S.%fZ")
    file = folder / f"{stack.name.replace('/', '.')}-before-adoption-{moment}.json"
    try:
        write_files({folder / ".gitignore": "*\n", file: json.dumps(state, indent=4)}, private=True)
    except Problem as problem:
        raise Problem(f"There is no backup, so nothing was adopted: {problem.message}", problem.hint) from None
    return file


def _imported(stack: Stack, after: str, before: Mapping[str, Any], backup: Path) -> None:
    try:
        stack.pulumi("stack", "import", given=after)
    except AdobeError as error:
        raise _settled(stack, before, backup, error) from None


def _require(stack: Stack, before: Mapping[str, Any], backup: Path, urns: set[str]) -> None:
    missing = urns - {str(each["urn"]) for each in _resources(stack.export())}
    if missing:
        problem = Problem(f"The state of {stack.name} lacks {len(missing)} of {len(urns)} resources after the import.")
        raise _settled(stack, before, backup, problem)


def _settled(stack: Stack, before: Mapping[str, Any], backup: Path, error: AdobeError) -> Problem:
    """What to tell after a failed import, once the state is as it was; the backup is put back where it is not."""
    how = f"The state before is kept: {put_back(stack, backup)}"
    try:
        if _resources(stack.export()) == _resources(before):
            backup.unlink()
            return Problem(f"{error.message} Nothing was changed.", error.hint)
        stack.pulumi("stack", "import", given=json.dumps(before))
    except AdobeError as second:
        return Problem(
            f"{error.message}\nPutting the backup back failed too: {second.message}", f"{second.hint}\n{how}"
        )
    return Problem(f"{error.message} The backup was put back: the state is as it was.", f"{error.hint}\n{how}".strip())


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C and an end by the system wait until the state is whole; a failure in it is more to tell than they."""
    met: list[int] = []
    waiting = {each: signal.signal(each, lambda number, _frame: met.append(number)) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in waiting.items():
            signal.signal(each, handler)
    for number in met[:1]:
        signal.raise_signal(number)


_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
