"""Keeps the control paths and the console to the person at this machine.

A browser on it lends its hands to every page that it shows: one of another origin can post to this address, and one
whose name was made to resolve to it (DNS rebinding) can read as well. So the `Host` must be an address or a name that
nobody else can own, and what a browser says of the page that asks must be this address itself.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flow_service_emulator.errors import ControlError
from flow_service_emulator.request import emulator_of

if TYPE_CHECKING:
    from starlette.requests import Request

_REFUSED = 403
_OWN_SITES = frozenset({"same-origin", "none"})
"""`Sec-Fetch-Site`: asked by a page of this address, or by the person (the address bar)."""


def refuse_strangers(request: Request) -> None:
    """Raise ``ControlError`` for another machine, another name of this one, or a page that is not ours."""
    if request.client is None or not _is_loopback(request.client.host):
        raise ControlError("control paths and console answer this machine only", _REFUSED)
    host = request.headers.get("host", "")
    if host and not _is_own_name(_hostname(host), emulator_of(request).options.host):
        raise ControlError(f"control paths and console do not answer to the name {host!r}: use 127.0.0.1", _REFUSED)
    if came_from_a_page(request) is False:
        raise ControlError("control paths and console do not answer a page of another origin", _REFUSED)


def came_from_a_page(request: Request) -> bool | None:
    """Whether a page of this very address asks; None where nothing tells, as of curl."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin is None and site is None:
        return None
    same = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    return same and (site is None or site in _OWN_SITES)


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address).is_loopback


def _is_own_name(name: str, listening: str) -> bool:
    """An address cannot be made to resolve to another; `localhost` is this machine's by RFC 6761."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in {"localhost", listening} or name.endswith(".localhost")
    return True


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
