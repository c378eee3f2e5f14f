"""The landing zone of the connection's sandbox: its SAS token has not ended, and is the one that Adobe has."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from pulumi_adobe.expiry import describe_expiry


def check(case: Case) -> str:
    """Compare before the stored expiry. From that day on send no request: it would renew the token."""
    case.path().require_databricks()
    zone = case.landing_zone()
    now = case.service().service_time()
    return f"the SAS token of {zone.container} in {zone.account} {describe_expiry(zone.expiry_date, now)}"
