"""The checks of the way to Adobe: network, token and clock.

The library requests decides which variables count: docs.python-requests.org, "Proxies" and "CA Certificates".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from adobe_flow.doctor.context import DoctorContext
from adobe_flow.problem import Problem
from pulumi_adobe.advice import advise
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import (
    CredentialsRejected,
    FlowServiceError,
    NoResponse,
    UnexpectedResponse,
    Unreachable,
)

_NETWORK_ERRORS: Final = (Unreachable, NoResponse, UnexpectedResponse)
"""The errors that are neither a response nor a refusal of Adobe: the network, or something between."""

_BUNDLE_VARIABLES: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_UNREAD_VARIABLES: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR")

_MAX_CLOCK_DIFFERENCE: Final = 60.0
"""Seconds that do no harm: schedules and expiries of tokens are in minutes."""


def check_network(context: DoctorContext) -> str:
    """Describe the proxy and certificate variables in effect, then send a request to both addresses."""
    bundle = _find_ca_bundle_variable(context.environment)
    if bundle and not Path(context.environment[bundle]).exists():
        raise Problem(
            f"{bundle} names {context.environment[bundle]}, which does not exist, so no certificate can be verified.",
            f"Correct the path, or: unset {bundle}",
        )
    try:
        credentials = context.get_place().settings.credentials
    except AdobeError:
        return f"no address to check yet; {describe_network(context.environment, '')}"
    network = describe_network(context.environment, credentials.endpoint)
    for request in (context.sign_in, context.list_sandboxes):
        try:
            request()
        except _NETWORK_ERRORS as error:
            raise _explain_network_error(error, network) from None
        except FlowServiceError:
            # Adobe responded; the checks of token and organization judge the response.
            break
    hosts = dict.fromkeys(urlsplit(address).netloc for address in (credentials.ims_endpoint, credentials.endpoint))
    return f"{' and '.join(hosts)} answer{'' if len(hosts) > 1 else 's'}; {network}"


def check_token(context: DoctorContext) -> str:
    """Check that the credentials get a token, and that Experience Platform accepts it."""
    context.sign_in()
    try:
        context.list_sandboxes()
    except CredentialsRejected:
        raise
    except FlowServiceError:
        # Another error is not about the token.
        pass
    credentials = context.get_service().credentials
    if credentials.access_token:
        return "the ready access token is accepted; such a token is valid for 24 hours"
    return f"Adobe IMS issues one for the client id {credentials.client_id}"


def check_clock(context: DoctorContext) -> str:
    """Check that this machine's clock agrees with the `Date` of the last response."""
    behind = (context.get_service().service_time() - datetime.now(timezone.utc)).total_seconds()
    if abs(behind) <= _MAX_CLOCK_DIFFERENCE:
        return f"within {max(abs(behind), 1):.0f} s of Adobe's"
    raise Problem(
        f"This machine's clock is {abs(behind):.0f} s {'behind' if behind > 0 else 'ahead of'} Adobe's.",
        "Set it by a time server (timedatectl set-ntp true): expiries and schedules are judged by it.",
    )


def describe_network(environment: Mapping[str, str], endpoint: str) -> str:
    """Return the variables that are set, without passwords, and the proxy that results for the endpoint."""
    return "; ".join(_list_network_facts(environment, endpoint))


def _list_network_facts(environment: Mapping[str, str], endpoint: str) -> Iterator[str]:
    proxies = {name: _get_either_case(environment, f"{name}_proxy") for name in ("https", "http", "all", "no")}
    proxy = proxies.get(urlsplit(endpoint).scheme or "https") or proxies["all"]
    if not proxy:
        yield "no proxy is set"
    elif endpoint and _bypasses_proxy(_get_host(endpoint), proxies["no"]):
        yield f"no proxy for {_get_host(endpoint)}, by NO_PROXY={proxies['no']}"
    else:
        yield f"by the proxy {_remove_password(proxy)}"
    bundle = _find_ca_bundle_variable(environment)
    if bundle:
        yield f"certificates of {bundle}={environment[bundle]}"
        return
    yield "certificates of Python's certifi"
    yield from (
        f"{name} is set, but not read: {_BUNDLE_VARIABLES[0]} is" for name in _UNREAD_VARIABLES if environment.get(name)
    )


def _find_ca_bundle_variable(environment: Mapping[str, str]) -> str | None:
    return next((name for name in _BUNDLE_VARIABLES if environment.get(name)), None)


def _get_either_case(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name) or environment.get(name.upper()) or ""


def _bypasses_proxy(host: str, no_proxy: str) -> bool:
    patterns = no_proxy.lower().replace(" ", "").split(",")
    return any(pattern == "*" or host.endswith(pattern) for pattern in patterns if pattern)


def _remove_password(url: str) -> str:
    """Return the address of a proxy with its user, but without the password. The address may lack `//`."""
    start, _, rest = url.rpartition("//")
    user, at, host = rest.rpartition("@")
    shown = f"{user.partition(':')[0]}{':…' if ':' in user else ''}@{host}" if at else rest
    return f"{start}//{shown}" if start else shown


def _get_host(url: str) -> str:
    return urlsplit(url).hostname or url


def _explain_network_error(error: FlowServiceError, network: str) -> Problem:
    if "certificate" in error.message.lower():
        return Problem(
            f"The server's certificate is not trusted: {error.message}",
            "If a proxy of yours opens TLS, name the file of its CA certificate: REQUESTS_CA_BUNDLE=/path/to/ca.pem "
            f"(in force: {network}).",
        )
    return Problem(error.message, f"{advise(error)} (In force: {network}.)".strip())
