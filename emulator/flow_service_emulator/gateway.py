"""The checks of Adobe's API gateway, and that of the sandbox, with which Flow Service begins.

Adobe: "Experience Platform troubleshooting guide", API gateway errors; "Flow Service error codes" 2100 to 2110.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flow_service_emulator.errors import ContentTypeError, FlowServiceError, GatewayError

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator

_ORG_ID = re.compile(r"[0-9A-F]{24}@AdobeOrg")
_METHODS_WITH_BODY = frozenset({"POST", "PATCH", "PUT"})


@dataclass(frozen=True)
class Caller:
    """The client of a request with its organization and sandbox; with a service token the user equals the client."""

    client_id: str
    org: str
    sandbox: str

    @property
    def user(self) -> str:
        """User, who equals the client for a service token (flow-service.yaml)."""
        return self.client_id


def admit_caller(request: Request, emulator: Emulator) -> Caller:
    """Return the caller of a request, or raise the error of the first failed check, in the order of Adobe's guide."""
    client_id, org = admit_caller_to_org(request, emulator)
    return Caller(client_id, org, _get_sandbox(request, emulator, org))


def admit_caller_to_org(request: Request, emulator: Emulator) -> tuple[str, str]:
    """Return client and organization of a request that concerns no sandbox."""
    client_id = _get_client(request, emulator)
    _check_api_key(request, emulator)
    org = _get_org(request, emulator)
    _check_content_type(request)
    return client_id, org


def _get_client(request: Request, emulator: Emulator) -> str:
    authorization = request.headers.get("authorization")
    if not authorization:
        raise GatewayError("403010", "Oauth token is missing.")
    scheme, _, token = authorization.partition(" ")
    client_id = emulator.tokens.find_client(token.strip()) if scheme.lower() == "bearer" else None
    if client_id is None:
        raise GatewayError("401013", "Oauth token is not valid")
    return client_id


def _check_api_key(request: Request, emulator: Emulator) -> None:
    key = request.headers.get("x-api-key")
    if not key:
        raise GatewayError("403000", "Api Key is required")
    if key not in emulator.options.clients:
        raise GatewayError("403003", "Api Key is invalid")


def _get_org(request: Request, emulator: Emulator) -> str:
    org = request.headers.get("x-gw-ims-org-id")
    if not org:
        raise GatewayError("400003", "Missing header")
    if not _ORG_ID.fullmatch(org):
        raise GatewayError("403027", "User region is missing")
    if org not in emulator.options.orgs:
        raise GatewayError("403025", "Profile is not valid")
    return org


def _check_content_type(request: Request) -> None:
    if request.method not in _METHODS_WITH_BODY or not request.scope["exchange"].body:
        return
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ContentTypeError


def _get_sandbox(request: Request, emulator: Emulator, org: str) -> str:
    if "x-sandbox-id" in request.headers:
        raise FlowServiceError("2110-400", "x-sandbox-id is not allowed with a user token")
    sandboxes = emulator.options.orgs[org]
    name = request.headers.get("x-sandbox-name")
    if not name:
        if emulator.switches["sandbox"] == "default":
            return sandboxes[0]
        raise FlowServiceError("2105-400", "The header x-sandbox-name is missing")
    if name not in sandboxes:
        raise FlowServiceError("2100-404", f"Sandbox not found with name = [{name}]")
    return name
