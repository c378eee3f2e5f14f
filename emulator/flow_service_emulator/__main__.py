"""`python -m flow_service_emulator`."""

from __future__ import annotations

import sys

from flow_service_emulator import background
from flow_service_emulator.options import Options, parse


def main() -> int:
    """Do what the command line asks; the exit code."""
    options = parse(sys.argv[1:])
    actions = {"run": _run, "detach": background.detach, "stop": background.stop, "status": background.status}
    return actions[options.action](options)


def _run(options: Options) -> int:
    from flow_service_emulator import server  # noqa: PLC0415 - slow to import, and the other actions do without

    return server.run(options)


if __name__ == "__main__":
    sys.exit(main())
