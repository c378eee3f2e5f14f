"""`python -m flow_service_emulator`."""

from __future__ import annotations

import sys

from flow_service_emulator import background, server
from flow_service_emulator.options import parse


def main() -> int:
    """Do what the command line asks; the exit code."""
    options = parse(sys.argv[1:])
    actions = {"run": server.run, "detach": background.detach, "stop": background.stop, "status": background.status}
    return actions[options.action](options)


if __name__ == "__main__":
    sys.exit(main())
