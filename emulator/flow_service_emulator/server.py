"""The server in the foreground."""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, NoReturn

import uvicorn

from flow_service_emulator import pid_file
from flow_service_emulator.app import build_app
from flow_service_emulator.database import DataFileError
from flow_service_emulator.emulator import Emulator
from flow_service_emulator.exchange import ExchangeMiddleware
from flow_service_emulator.listener import REFUSED, PortTakenError, build_url, listen
from flow_service_emulator.protocol import TcpConnectionProtocol

if TYPE_CHECKING:
    from flow_service_emulator.options import Options


class _Server(uvicorn.Server):
    """The server of uvicorn, which prints a line when it is ready."""

    ready_line = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then print the line that the starting process waits for."""
        await super().startup(sockets)
        sys.stdout.write(f"{self.ready_line}\n")
        sys.stdout.flush()


def serve_until_signal(options: Options) -> int:
    """Serve until a signal ends the process, and return the exit code."""
    try:
        listener = listen(options.host, options.port)
        emulator = Emulator.open(options)
    except (PortTakenError, DataFileError) as error:
        sys.stderr.write(f"flow_service_emulator: {error}\n")
        return REFUSED
    address = build_url(options.host, listener.getsockname()[1])
    pid_file.write(options.pid_file, os.getpid(), address)
    # uvicorn raises the signal again when it has shut down, which would end the process before the clean-up.
    signal.signal(signal.SIGTERM, _exit_on_signal)
    signal.signal(signal.SIGINT, _exit_on_signal)
    try:
        _run_server(emulator, listener, f"Flow Service emulator on {address} (data: {options.data})")
    finally:
        emulator.database.close()
        pid_file.remove(options.pid_file, os.getpid())
    return 0


def _run_server(emulator: Emulator, listener: socket.socket, ready_line: str) -> None:
    config = uvicorn.Config(
        ExchangeMiddleware(build_app(emulator), emulator),
        http=TcpConnectionProtocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    server.ready_line = ready_line
    server.run(sockets=[listener])


def _exit_on_signal(_number: int, _frame: object) -> NoReturn:
    sys.exit(0)
