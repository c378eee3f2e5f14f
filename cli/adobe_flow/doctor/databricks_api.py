"""Databricks' own API: only it has the Spark configuration of a cluster.

Databricks: "Clusters API 2.1", `GET /api/2.1/clusters/get`; `DATABRICKS_HOST` and `DATABRICKS_TOKEN` are the variables
of its unified client authentication.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from adobe_flow.doctor.finding import CheckSkipped
from adobe_flow.problem import Problem
from adobe_flow.safe_output import REDACTOR
from pulumi_adobe.config.parsers import is_loopback
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.send_errors import SendError
from pulumi_adobe.flow_service.transport import Transport

HOST: Final = "DATABRICKS_HOST"
TOKEN: Final = "DATABRICKS_TOKEN"  # noqa: S105 - the name of a variable
_TIMEOUT: Final = 20.0
_MAX_MESSAGE: Final = 300
_SET_ADDRESS: Final = "Set it to an address like https://adb-1234567890123456.7.azuredatabricks.net."


def get_cluster(environment: Mapping[str, str], domain: str, cluster_id: str) -> Mapping[str, Any]:
    """Return a cluster of the workspace ``domain``; its Spark configuration has secrets.

    Raises:
        NotChecked: The environment does not name this workspace and a token.
        Problem: Databricks refused the request, or did not answer.
    """
    host, token = environment.get(HOST, "").strip(), environment.get(TOKEN, "").strip()
    REDACTOR.add_secret(token)
    if not host or not token:
        raise CheckSkipped(
            f"{HOST} and {TOKEN} are not set: with them, doctor asks Databricks for the cluster {cluster_id}"
        )
    address = _build_address(host)
    if not is_loopback(urlsplit(address).hostname) and _get_hostname(domain) != _get_hostname(address):
        raise CheckSkipped(f"{HOST} names another workspace than the connection, which uses {domain}")
    request = Request(
        "GET",
        f"{address}/api/2.1/clusters/get",
        headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
        query=(("cluster_id", cluster_id),),
    )
    try:
        response = Transport(REDACTOR.redact).send(request, _TIMEOUT)
    except SendError as error:
        raise Problem(
            f"Databricks did not answer: {error.reason}.", f"Check {HOST}, the network and the IP access list."
        ) from None
    body = response.json()
    if response.is_success and isinstance(body, Mapping):
        return body
    raise _build_databricks_problem(response.status, body, cluster_id)


def _build_address(host: str) -> str:
    """Return the address of the workspace. The token goes to it, so only this machine may be asked without TLS."""
    address = host if "://" in host else f"https://{host}"
    try:
        parts = urlsplit(address)
        name, port = parts.hostname, parts.port
    except ValueError:
        name, port = None, None
    if not name or "@" in address or parts.scheme not in {"https", "http"}:
        raise Problem(f"{HOST} is not the address of a workspace.", _SET_ADDRESS)
    if parts.scheme == "http" and not is_loopback(name):
        raise Problem(f"{HOST} has no https://, so the token would be sent in clear. Nothing was sent.", _SET_ADDRESS)
    shown = f"[{name}]" if ":" in name else name
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def _get_hostname(address: str) -> str | None:
    try:
        return urlsplit(address if "://" in address else f"https://{address}").hostname
    except ValueError:
        return None


def _build_databricks_problem(status: int, body: Any, cluster_id: str) -> Problem:
    text = str(body.get("message") or body.get("error_code") or "") if isinstance(body, Mapping) else ""
    message = f": {REDACTOR.redact(text)[:_MAX_MESSAGE]}" if text else ""
    remedies = {
        401: f"Set {TOKEN} to a token of the workspace that has not expired.",
        403: f"Use a token ({TOKEN}) of a user who may see the cluster.",
        **dict.fromkeys((400, 404), f"Correct cluster_id, {cluster_id}, or {HOST}: the workspace has no such cluster."),
    }
    return Problem(
        f"Databricks answered with status {status}{message}",
        remedies.get(status, f"Check {HOST}, and try again later."),
    )
