"""The socket of the emulator."""

from __future__ import annotations

import errno
import os
import socket

from flow_service_emulator.port_holder import find_port_holder

REFUSED = 2
"""The exit code of a start that fails."""


class PortTakenError(Exception):
    """The address cannot be listened on; the text names it, and the process that holds it if that is known."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        """``error`` is what the system said."""
        reason = os.strerror(error.errno) if error.errno else str(error)
        by = find_port_holder(port) if error.errno == errno.EADDRINUSE else ""
        super().__init__(f"cannot listen on {host}:{port}: {reason}{f': held by {by}' if by else ''}")


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises `PortTakenError`."""
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512
        )
    except OSError as error:
        raise PortTakenError(host, port, error) from None


def build_url(host: str, port: int) -> str:
    """Return the address for requests."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
