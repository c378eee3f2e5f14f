"""End a plugin process when its engine is gone.

An engine that is killed ends no plugin, and the one of Pulumi's SDK waits for calls for ever. Until its timeouts it
would also go on with retries, and create what no state records.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from functools import cache
from threading import Thread
from typing import Final

from pulumi_adobe.plugin.process import CANCELLED

_INTERVAL_SECONDS: Final = 1.0
_GRACE_SECONDS: Final = 2.0
"""For calls that run: they stop waiting at once."""


@cache
def watch_engine(address: str) -> None:
    """Start the watch of the engine at this address, as `host:port`."""
    host, _, port = address.rpartition(":")
    if port.isdigit():
        Thread(target=_end_with_engine, args=(host, int(port)), daemon=True).start()


def _end_with_engine(host: str, port: int) -> None:
    if not _is_listening(host, port):
        return  # nobody has listened from the start: there is no end to wait for
    # The parent process tells less: Pulumi's own script stands between the two, and stays after the engine's end.
    while _is_listening(host, port):
        time.sleep(_INTERVAL_SECONDS)
    CANCELLED.set()
    time.sleep(_GRACE_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def _is_listening(host: str, port: int) -> bool:
    """Return False only if the port refuses: a busy machine may answer late."""
    try:
        with socket.create_connection((host, port), timeout=5):
            return True
    except ConnectionRefusedError:
        return False
    except OSError:
        return True
