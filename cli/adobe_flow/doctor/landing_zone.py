"""The landing zone: the stored SAS tokens have not ended, and are those that Adobe has."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.finding import NotChecked
from adobe_flow.landing_zones import StoredCredentials, list_stored_credentials
from adobe_flow.problem import Problem
from pulumi_adobe.expiry import describe_expiry, has_expired, validate_expiry
from pulumi_adobe.flow_service.platform_apis import get_landing_zone


def check(case: Case) -> str:
    """Compare each before its stored expiry. From that day on send no request: it would renew the token."""
    if case.stack is None:
        raise NotChecked("no stack is named (--stack, PULUMI_STACK)")
    stored = list(list_stored_credentials(case.resources()))
    return "; ".join(_examine(case, each) for each in stored) or "the stack manages no landing zone credentials"


def _examine(case: Case, credentials: StoredCredentials) -> str:
    name, expiry, service = credentials.resource, credentials.expiry, case.service()
    if not isinstance(expiry, str) or validate_expiry(expiry) is not None:
        raise Problem(
            f"The state has no readable expiry of the SAS token of {name}.",
            "To renew the token and to store its expiry: adobe-flow landing-zone refresh",
        )
    now = service.ask_service_time()
    if has_expired(expiry, now):
        raise Problem(
            f"The SAS token of {name} has ended ({expiry}; the day itself counts). Adobe was not asked for it, because "
            "that would renew it.",
            "Every run fails until the clusters have a new one: adobe-flow landing-zone refresh",
        )
    if credentials.org != service.credentials.org_id:
        return f"{name} {describe_expiry(expiry, now)} (of another organization, so not compared)"
    found = get_landing_zone(service.for_sandbox(credentials.sandbox), credentials.kind)
    if found.expiry_date != expiry:
        raise Problem(
            f"Adobe has another SAS token of {name} than the state: it ends on {found.expiry_date}, not on {expiry}. "
            "The stored one was renewed elsewhere, and is dead.",
            "Run pulumi refresh, then pulumi up to bring the new one to the clusters, and restart them.",
        )
    return f"{name} {describe_expiry(expiry, now)}"
