"""The command `python -m flow_service_emulator`."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from flow_service_emulator import background
from flow_service_emulator.options import Options, parse_options


def main() -> int:
    """Run the action of the command line, and return the exit code."""
    _prepare_streams()
    options = parse_options(sys.argv[1:])
    actions = {
        "run": _run,
        "detach": background.start_in_background,
        "check": background.check,
        "stop": background.stop_running_emulator,
        "status": background.print_emulator_status,
    }
    return actions[options.action](options)


def _prepare_streams() -> None:
    """Let no text fail because of a standard stream: open one that is closed, and escape what an encoding lacks."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open until the end
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _run(options: Options) -> int:
    from flow_service_emulator import server  # noqa: PLC0415 - slow to import, and the other actions do without

    return server.serve_until_signal(options)


if __name__ == "__main__":
    sys.exit(main())
