"""End the plugin process when its engine is gone.

An engine that is killed ends no plugin, and the one of Pulumi's SDK waits for calls for ever. Until its timeouts it
would also go on with retries, and create what no state records.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from functools import cache
from threading import Thread
from typing import Final

from pulumi_adobe.plugin.dynamic.cancellation import CANCELLED, SERVICER

_INTERVAL_SECONDS: Final = 1.0
_GRACE_SECONDS: Final = 2.0
"""For calls that run: they stop waiting at once."""


@cache
def watch_engine() -> None:
    """Start the watch, in the plugin process alone, whose first argument is the engine's address."""
    if not hasattr(sys.modules["__main__"], SERVICER) or len(sys.argv) == 1:
        return
    host, _, port = sys.argv[1].rpartition(":")
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
