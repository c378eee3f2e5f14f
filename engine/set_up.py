"""The set-up of a command: the packages of its groups and, at the same time, the Pulumi CLI."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from engine import packages
from engine.obtain import obtain_cli
from engine.setup_lock import hold_setup_lock
from engine.venv import make_venv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.project import Project

_SECONDS_TO_END = 10.0


def set_up(project: Project, groups: Sequence[str], *, with_cli: bool) -> None:
    """Install what is missing. The packages are installed while the CLI compiles.

    If the packages cannot be installed, or the user presses Ctrl-C, the compiler is ended too. If the CLI cannot be
    had, the packages are still installed: the next run then needs only the CLI.
    """
    with hold_setup_lock(project):
        # First, because the set-up of a Go compiler needs it as well.
        make_venv(project)
        cli = _CliTask(project) if with_cli else None
        if cli is not None:
            cli.start()
        try:
            packages.install(project, groups)
            if cli is not None:
                cli.wait()
        except BaseException:
            if cli is not None:
                cli.cancel()
            raise


class _CliTask(Thread):
    """The choice or installation of the Pulumi CLI, in a thread of its own."""

    def __init__(self, project: Project) -> None:
        super().__init__(name="Pulumi CLI", daemon=True)
        self._project = project
        self._cancelled = Event()
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            obtain_cli(self._project, self._cancelled)
        except Exception as error:  # noqa: BLE001 - the main thread raises it again
            self._error = error

    def wait(self) -> None:
        """Wait for the end, and raise the error that the task ended with."""
        self.join()
        if self._error is not None:
            raise self._error

    def cancel(self) -> None:
        """End the programs that the task has started, and wait until they have ended."""
        self._cancelled.set()
        self.join(_SECONDS_TO_END)
