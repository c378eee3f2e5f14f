"""The way to Adobe: proxy, certificates, and whether both addresses answer.

Which variables count is what the library requests reads: docs.python-requests.org, "Proxies" and "CA Certificates".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from adobe_flow.doctor.case import Case
from adobe_flow.problem import Problem
from pulumi_adobe.advice import advise
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import FlowServiceError, NoResponse, UnexpectedResponse, Unreachable

NOT_THERE: Final = (Unreachable, NoResponse, UnexpectedResponse)
"""Neither Adobe's answer nor its refusal: the network, or something in the way."""

_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_UNREAD = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def check(case: Case) -> str:
    """Tell which variables count, then ask both addresses, as far as the settings name them."""
    bundle = next((name for name in _BUNDLES if case.environment.get(name)), None)
    if bundle and not Path(case.environment[bundle]).exists():
        raise Problem(
            f"{bundle} names {case.environment[bundle]}, which is not there, so no certificate can be verified.",
            f"Correct the path, or: unset {bundle}",
        )
    try:
        access = case.place().settings.credentials
    except AdobeError:
        return f"no address to ask yet; {in_force(case.environment, '')}"
    told = in_force(case.environment, access.endpoint)
    for ask in (case.signed_in, case.sandboxes):
        try:
            ask()
        except NOT_THERE as error:
            raise _named(error, told) from None
        except FlowServiceError:
            # It answered; what that means is for the checks of token and organization.
            break
    hosts = dict.fromkeys(urlsplit(each).netloc for each in (access.ims_endpoint, access.endpoint))
    return f"{' and '.join(hosts)} answer{'' if len(hosts) > 1 else 's'}; {told}"


def in_force(environment: Mapping[str, str], endpoint: str) -> str:
    """Which variables are set, without passwords, and which proxy they come to for the endpoint."""
    return "; ".join(_facts(environment, endpoint))


def _facts(environment: Mapping[str, str], endpoint: str) -> Iterator[str]:
    proxies = {name: _either(environment, f"{name}_proxy") for name in ("https", "http", "all", "no")}
    proxy = proxies.get(urlsplit(endpoint).scheme or "https") or proxies["all"]
    if not proxy:
        yield "no proxy is set"
    elif endpoint and _bypassed(_host(endpoint), proxies["no"]):
        yield f"no proxy for {_host(endpoint)}, by NO_PROXY={proxies['no']}"
    else:
        yield f"by the proxy {without_password(proxy)}"
    bundle = next((name for name in _BUNDLES if environment.get(name)), None)
    if bundle:
        yield f"certificates of {bundle}={environment[bundle]}"
        return
    yield "certificates of Python's certifi"
    yield from (f"{name} is set, but not read: {_BUNDLES[0]} is" for name in _UNREAD if environment.get(name))


def _either(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name) or environment.get(name.upper()) or ""


def _bypassed(host: str, no_proxy: str) -> bool:
    return any(each == "*" or host.endswith(each) for each in no_proxy.lower().replace(" ", "").split(",") if each)


def without_password(url: str) -> str:
    """The address of a proxy, the user's name kept; one without `//`, as some write it, too."""
    start, _, rest = url.rpartition("//")
    user, at, host = rest.rpartition("@")
    shown = f"{user.partition(':')[0]}{':…' if ':' in user else ''}@{host}" if at else rest
    return f"{start}//{shown}" if start else shown


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _named(error: FlowServiceError, told: str) -> Problem:
    if "certificate" in error.message.lower():
        return Problem(
            f"The server's certificate is not trusted: {error.message}",
            "Where a proxy of yours opens TLS, name the file of its CA certificate: REQUESTS_CA_BUNDLE=/path/to/ca.pem "
            f"(in force: {told}).",
        )
    return Problem(error.message, f"{advise(error)} (In force: {told}.)".strip())
