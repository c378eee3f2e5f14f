"""Connecting to a host by its name, with one time limit for the resolution and for all of the host's addresses."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from threading import Lock, Thread
from typing import Any, Final, TypeAlias

from urllib3.util.connection import allowed_gai_family

AddressInfo: TypeAlias = tuple[int, int, int, str, Any]
"""Family, type, protocol, canonical name and address, as `socket.getaddrinfo` returns them."""

LookUp: TypeAlias = Callable[[str, int], Sequence[AddressInfo]]
"""A function that returns the addresses of a host and a port, after whatever time."""

MIN_TIMEOUT: Final = 0.001
"""Seconds of a timeout that is used up; zero would mean a socket that never waits."""


def look_up(host: str, port: int) -> Sequence[AddressInfo]:
    """Return the addresses of the operating system's resolver, which takes no time limit and cannot be interrupted."""
    try:
        return socket.getaddrinfo(host, port, allowed_gai_family(), socket.SOCK_STREAM)
    except UnicodeError:
        raise socket.gaierror(socket.EAI_NONAME, "the host name is invalid") from None


class Resolver:
    """The look-ups of names that are under way: one for each host, however many threads wait for it.

    A look-up cannot be interrupted. It runs in a thread of its own, which does not keep the process from ending, and
    which later calls for the same host wait for too: so a name server that never answers holds one thread per host.
    """

    def __init__(self, look_up: LookUp = look_up) -> None:
        self._look_up = look_up
        self._under_way: dict[tuple[str, int], Future[Sequence[AddressInfo]]] = {}
        self._lock = Lock()

    def resolve(self, host: str, port: int, timeout: float) -> Sequence[AddressInfo]:
        """Return the addresses of the host.

        Raises:
            OSError: The resolver has none, or did not answer within ``timeout`` seconds (`TimeoutError`).
        """
        key = (host, port)
        with self._lock:
            future = self._under_way.get(key)
            if future is None:
                future = Future()
                thread = Thread(target=self._run, args=(key, future), name=f"resolve {host}", daemon=True)
                try:
                    thread.start()
                except RuntimeError as error:
                    raise OSError(f"the host name was not resolved: {error}") from error
                self._under_way[key] = future
        if not wait([future], timeout).done:
            raise TimeoutError(f"the host name was not resolved within {timeout:g} s")
        return future.result()

    def _run(self, key: tuple[str, int], future: Future[Sequence[AddressInfo]]) -> None:
        answer: Sequence[AddressInfo] | BaseException
        try:
            answer = self._look_up(*key)
        except BaseException as error:  # noqa: BLE001 - raised by those who wait for it
            answer = error
        # First, so that nobody who has its outcome finds it still under way.
        with self._lock:
            del self._under_way[key]
        if isinstance(answer, BaseException):
            future.set_exception(answer)
        else:
            future.set_result(answer)

    def connect(
        self,
        host: str,
        port: int,
        timeout: float,
        source_address: tuple[str, int] | None = None,
        socket_options: Sequence[tuple[Any, ...]] | None = None,
    ) -> socket.socket:
        """Return a socket that is connected to the first of the host's addresses that answers.

        ``timeout`` is in seconds, for everything together; each address has its share of what is left. The timeout of
        the socket is the rest.

        Raises:
            OSError: The name was not resolved, or no address answered; the error is that of the last address.
        """
        deadline = time.monotonic() + timeout
        addresses = self.resolve(host.strip("[]"), port, timeout)
        error = OSError("the host has no address")
        for number_left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            share = max((deadline - time.monotonic()) / number_left, MIN_TIMEOUT)
            try:
                sock = _connect_once(address, share, source_address, socket_options or ())
            except OSError as failure:
                error = failure
            else:
                sock.settimeout(max(deadline - time.monotonic(), MIN_TIMEOUT))
                return sock
        raise error


def _connect_once(
    address: AddressInfo,
    timeout: float,
    source_address: tuple[str, int] | None,
    socket_options: Sequence[tuple[Any, ...]],
) -> socket.socket:
    family, kind, protocol, _, place = address
    sock = socket.socket(family, kind, protocol)
    try:
        for option in socket_options:
            sock.setsockopt(*option)
        sock.settimeout(timeout)
        if source_address:
            sock.bind(source_address)
        sock.connect(place)
    except BaseException:
        sock.close()
        raise
    return sock
