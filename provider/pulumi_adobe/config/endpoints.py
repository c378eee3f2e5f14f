"""Which hosts may receive the credentials: Adobe's, this machine's emulator, and those that the environment names.

Adobe's hosts: `platform.adobe.io` and `platform-<environment>.adobe.io` (Flow Service API; adobe/aepp, connector.py),
`ims-na1.adobelogin.com` and `ims-na1-stg1.adobelogin.com` (developer.adobe.com, "Server to Server authentication").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from pulumi_adobe.config.parsers import is_loopback

_ADOBE_PLATFORM: Final = re.compile(r"platform(-[a-z0-9]+)*\.adobe\.io")
_ADOBE_IMS: Final = re.compile(r"ims(-[a-z0-9]+)*\.adobelogin\.com")


def find_foreign_hosts(endpoint: str, ims_endpoint: str, allowed_hosts: Sequence[str]) -> tuple[str, ...]:
    """Return the hosts of the two addresses that may not receive the credentials together.

    The client secret goes to ``ims_endpoint``, and the access token that it buys goes to ``endpoint``. Both addresses
    may be this machine's, or both Adobe's. Of any other pair, each host that is not Adobe's must be allowed by name.

    Args:
        endpoint: The address of Experience Platform.
        ims_endpoint: The address of Adobe IMS.
        allowed_hosts: The allowed hosts, in lower case, each with or without a port.
    """
    if is_loopback(urlsplit(endpoint).hostname) and is_loopback(urlsplit(ims_endpoint).hostname):
        return ()
    pairs = ((endpoint, _ADOBE_PLATFORM), (ims_endpoint, _ADOBE_IMS))
    hosts = (
        _describe_host(url) for url, adobe in pairs if not _is_adobe(url, adobe) and not _is_allowed(url, allowed_hosts)
    )
    return tuple(dict.fromkeys(hosts))


def replace_local_port(url: str, port: int | None) -> str:
    """Return the address with another port if it is this machine's, and unchanged otherwise."""
    parts = urlsplit(url)
    if port is None or not is_loopback(parts.hostname):
        return url
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}:{port}"


def _is_adobe(url: str, host_pattern: re.Pattern[str]) -> bool:
    return host_pattern.fullmatch(urlsplit(url).hostname or "") is not None


def _is_allowed(url: str, allowed_hosts: Sequence[str]) -> bool:
    return not set(_list_names(url)).isdisjoint(allowed_hosts)


def _list_names(url: str) -> Iterator[str]:
    """Return the names by which a host may be allowed: alone, and with its port."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host
    yield from (host, name)
    if parts.port is not None:
        yield f"{name}:{parts.port}"


def _describe_host(url: str) -> str:
    return list(_list_names(url))[-1]
