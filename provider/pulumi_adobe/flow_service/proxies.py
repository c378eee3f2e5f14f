"""The proxy of a request, and how errors name it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from requests.utils import select_proxy

from pulumi_adobe.config.parsers import is_loopback


def choose_proxies(url: str, proxies: Mapping[str, str]) -> dict[str, str]:
    """Return the proxies of the environment for this address: none for this machine.

    A proxy would get the client secret in clear over plain HTTP, and would look for the service on its own machine.
    """
    return {} if is_loopback(urlsplit(url).hostname) else dict(proxies)


def describe_proxy(url: str, proxies: Mapping[str, str]) -> str:
    """Return host and port of the proxy for this address, never its user or password; empty where there is none."""
    proxy = select_proxy(url, dict(proxies))
    if not proxy:
        return ""
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    # An unquoted slash, question mark or hash in a password ends the host, and would show what precedes it.
    if not host or "@" in proxy.rpartition(parts.netloc)[2]:
        return "at an invalid address"
    shown_host = f"[{host}]" if ":" in host else host
    return f"{shown_host}:{port}" if port else shown_host
