"""A person at a terminal: the hidden question, a no, and Ctrl-C while Pulumi is at work."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.rotate.stacks import MARK, NEW, OLD, FakeStack, fake_stack
from tests.emulator_process import EmulatorProcess
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

_SECONDS = 20
_AT_REST = 5


class Terminal:
    """The command in a pseudo-terminal, and all that it has shown."""

    def __init__(self, *arguments: str) -> None:
        self.shown = ""
        self.pid, self._file = pty.fork()
        if self.pid == 0:  # the child
            os.execv(sys.executable, [sys.executable, "-m", "adobe_flow", *arguments])  # noqa: S606 - no shell is wanted

    def wait_for(self, text: str) -> None:
        end = time.monotonic() + _SECONDS
        while text not in self.shown:
            assert time.monotonic() < end, self.shown
            assert self._read(), self.shown

    def type(self, text: str) -> None:
        os.write(self._file, text.encode())

    def type_hidden(self, text: str) -> None:
        """Once what is typed is shown no more; what was typed before that is thrown away."""
        end = time.monotonic() + _SECONDS
        while termios.tcgetattr(self._file)[3] & termios.ECHO:
            assert time.monotonic() < end, self.shown
            time.sleep(0.01)
        self.type(text)

    def interrupt_question(self) -> None:
        """Ctrl-C as a person would: once the command waits. A signal in the moment before is seen after the answer."""
        at_rest = 0
        while at_rest < _AT_REST:
            state = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            at_rest = at_rest + 1 if state == "S" else 0
            time.sleep(0.05)
        self.type("\x03")

    def ended(self) -> int:
        while self._read():
            pass
        end = time.monotonic() + _SECONDS
        while (found := os.waitpid(self.pid, os.WNOHANG))[0] == 0:
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.01)
        os.close(self._file)
        return os.waitstatus_to_exitcode(found[1])

    def _read(self) -> bool:
        readable, _, _ = select.select([self._file], [], [], _SECONDS)
        try:
            text = os.read(self._file, 65536) if readable else b""
        except OSError:  # Linux's way to say that the other end is closed
            text = b""
        self.shown += text.decode().replace("\r\n", "\n")
        return bool(text)


@pytest.fixture
def stack(
    tmp_path: Path,
    emulator: EmulatorProcess,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> FakeStack:
    return fake_stack(tmp_path / "project", emulator, monkeypatch, capsys)


@pytest.fixture
def terminal(stack: FakeStack) -> Iterator[Terminal]:
    one = Terminal("rotate", "lake", "--stack", "dev", "--cwd", stack.folder)
    yield one
    assert MARK not in one.shown + stack.seen_by_others()


def test_token_is_not_echoed_while_it_is_typed(stack: FakeStack, terminal: Terminal) -> None:
    terminal.wait_for("New token")
    terminal.type_hidden(f"{NEW}\n")
    terminal.wait_for("Send it to Experience Platform?")
    terminal.type("y\n")

    assert terminal.ended() == 0, terminal.shown
    assert "test: passed" in terminal.shown
    assert stack.standing() == (NEW, NEW, NEW)


def test_answer_no_restores_the_config(stack: FakeStack, terminal: Terminal) -> None:
    terminal.wait_for("New token")
    terminal.type_hidden(f"{NEW}\n")
    terminal.wait_for("Send it to Experience Platform?")
    terminal.type("n\n")

    assert terminal.ended() == 3
    assert "nothing was updated" in terminal.shown
    assert "The config of dev has the old token." in terminal.shown
    assert stack.standing() == (OLD, OLD, OLD)


def test_ctrl_c_at_the_prompt_prints_how_to_continue(stack: FakeStack, terminal: Terminal) -> None:
    terminal.wait_for("New token")
    terminal.type_hidden(f"{NEW}\n")
    terminal.wait_for("[y/N]: ")
    terminal.interrupt_question()

    assert terminal.ended() == 130
    assert "To go on with it: adobe-flow rotate lake --stack dev --resume" in terminal.shown
    assert stack.standing() == (NEW, OLD, OLD)


def test_ctrl_c_during_the_update_waits_for_pulumi_to_end(stack: FakeStack, terminal: Terminal) -> None:
    stack.set(up="hangs")
    terminal.wait_for("New token")
    terminal.type_hidden(f"{NEW}\n")
    terminal.wait_for("Send it to Experience Platform?")
    terminal.type("y\n")
    hangs = stack.file.with_name("hangs")
    wait_until(hangs.exists, _SECONDS)
    os.kill(terminal.pid, signal.SIGINT)

    assert terminal.ended() == 130
    assert stack.file.with_name("ended").read_text() == "in an orderly way"
    assert "To go on with it: adobe-flow rotate lake --stack dev --resume" in terminal.shown


def test_empty_answer_resumes_with_the_token_of_the_config(stack: FakeStack) -> None:
    stack.set(config=NEW)
    terminal = Terminal("rotate", "lake", "--stack", "dev", "--cwd", stack.folder, "--yes")
    terminal.wait_for("go on with the one in the config")
    terminal.type_hidden("\n")

    assert terminal.ended() == 0
    assert stack.standing() == (NEW, NEW, NEW)
    assert MARK not in terminal.shown
