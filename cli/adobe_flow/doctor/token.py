"""The token: Adobe IMS gives one for the credentials, or the ready one is taken."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from pulumi_adobe.flow_service.errors import CredentialsRejected, FlowServiceError


def check(case: Case) -> str:
    """Get it, and use it once."""
    case.signed_in()
    try:
        case.sandboxes()
    except CredentialsRejected:
        raise
    except FlowServiceError:
        # The token is not what this is about.
        pass
    access = case.service().credentials
    if access.access_token:
        return "the ready access token is accepted; such a token lives for 24 hours"
    return f"Adobe IMS gives one for the client id {access.client_id}"
