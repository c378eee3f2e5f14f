"""The landing zone: the stored SAS tokens have not ended, and are those that Adobe has."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.finding import NotChecked
from adobe_flow.landing_zones import StoredCredentials, get_current, get_valid_expiry, list_stored_credentials
from pulumi_adobe.expiry import describe_expiry


def check(case: Case) -> str:
    """Compare each before its stored expiry. From that day on send no request: it would renew the token."""
    if case.stack is None:
        raise NotChecked("no stack is named (--stack, PULUMI_STACK)")
    stored = list(list_stored_credentials(case.resources()))
    return "; ".join(_examine(case, each) for each in stored) or "the stack manages no landing zone credentials"


def _examine(case: Case, credentials: StoredCredentials) -> str:
    service = case.service()
    expiry = get_valid_expiry(service, credentials)
    described = f"{credentials.resource} {describe_expiry(expiry, service.service_time())}"
    if credentials.org != service.credentials.org_id:
        return f"{described} (of another organization, so not compared)"
    get_current(service, credentials)
    return described
