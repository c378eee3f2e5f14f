"""The protection of the emulator from other machines, and of control paths and console from foreign pages.

A browser on this machine sends requests for every page that it shows: a page of another origin can post to this
address, and a page whose name resolves to it (DNS rebinding) can also read. So the `Host` must be an address or a name
that nobody else can own, and the browser's headers must name this address as the origin of the page. The service's own
paths need a token, which no page of another origin can send. If the emulator listens for other machines, these paths
accept any `Host`, because the emulator does not know the names by which other machines reach it.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flow_service_emulator.errors import ControlError

if TYPE_CHECKING:
    from starlette.requests import Request

_REFUSED = 403
_OWN_SITES = frozenset({"same-origin", "none"})
"""The values of `Sec-Fetch-Site` for a page of this address, and for the address bar."""


def refuse_foreign_requests(request: Request, listening: str) -> None:
    """Raise `ControlError` for another machine, another name of this one, or a page of another origin.

    ``listening`` is the address of `--host`.
    """
    if request.client is None or not _is_loopback(request.client.host):
        raise ControlError("control paths and console answer this machine only", _REFUSED)
    _refuse_name(request, listening)
    if is_from_own_page(request) is False:
        raise ControlError("control paths and console do not answer a page of another origin", _REFUSED)


def refuse_foreign_name(request: Request, listening: str) -> None:
    """Raise `ControlError` for another name of this machine, unless the emulator listens for other machines too."""
    if listening == "localhost" or _is_loopback(listening):
        _refuse_name(request, listening)


def _refuse_name(request: Request, listening: str) -> None:
    host = request.headers.get("host", "")
    if host and not _is_own_name(_get_hostname(host), listening):
        raise ControlError(f"the emulator does not answer to the name {host!r}: use 127.0.0.1", _REFUSED)


def is_from_own_page(request: Request) -> bool | None:
    """Return whether the console's own page sent the request; None without any origin header, as with curl."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin is None and site is None:
        return None
    same = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    return same and (site is None or site in _OWN_SITES)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _is_own_name(name: str, listening: str) -> bool:
    """Return whether a host name is this machine's: an address, `localhost` (RFC 6761), or the name of `--host`."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in {"localhost", listening} or name.endswith(".localhost")
    return True


def _get_hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
