"""When credentials end: Databricks tokens as declared, Delta Sharing recipients, and the landing zone as Adobe tells.

Adobe: the Databricks source page has the landing zone's credentials; an ended token is renewed by the asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from adobe_flow.documents import parse_document
from adobe_flow.landing_zones import list_stored_credentials
from adobe_flow.managed import OURS, resource_name
from adobe_flow.place import Place
from pulumi_adobe.expiry import days_until, expires_within, normalize_expiry, parse_expiry, validate_expiry
from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.flow_service.platform_apis import get_landing_zone
from pulumi_adobe.json_values import get_member

FIELD: Final = "accessTokenExpiresAt"
LANDING_ZONE: Final = "dlz_databricks_source"
"""Adobe's name of the storage through which Databricks hands its data over."""

_DATABRICKS = f"{OURS}DatabricksSourceConnection"
_RECIPIENT: Final = "databricks:index/recipient:Recipient"
"""A Delta Sharing recipient of Pulumi's Databricks provider. Its `tokens` have the expiry in epoch milliseconds."""


@dataclass(frozen=True)
class End:
    """One credential. ``at`` is a date or a moment, None where nobody declared one; ``known_from`` says who tells."""

    what: str
    name: str
    sandbox: str | None
    at: Any
    known_from: str


def of_state(resources: Iterable[Mapping[str, Any]]) -> Iterator[End]:
    """The token of each Databricks connection of a stack's state: those in use."""
    for each in resources:
        if each.get("type") == _DATABRICKS and not each.get("external") and not each.get("delete"):
            sandbox = get_member(each, "outputs", "sandboxName")
            name = resource_name(str(each.get("urn")))
            at = get_member(each, "outputs", FIELD)
            yield End("access token", name, sandbox if isinstance(sandbox, str) else None, at, "state")


def list_recipient_expiries(resources: Iterable[Mapping[str, Any]]) -> Iterator[End]:
    """Yield the expiry of the newest bearer token of each Delta Sharing recipient in a stack's state.

    After a rotation the old token expires on purpose, so only the one that expires last counts. A recipient without
    tokens, such as one that shares between Databricks workspaces, has no expiry.
    """
    for resource in resources:
        if resource.get("type") != _RECIPIENT or resource.get("delete"):
            continue
        tokens = (resource.get("outputs") or {}).get("tokens")
        name = resource_name(str(resource.get("urn")))
        if isinstance(tokens, list):
            expiries = [
                token["expirationTime"] for token in tokens if isinstance(token, Mapping) and "expirationTime" in token
            ]
            texts = [normalize_expiry(expiry) for expiry in expiries]
            valid = [text for text in texts if validate_expiry(text) is None]
            if valid:
                yield End("share recipient", name, None, max(valid, key=parse_expiry), "state")
            elif texts:
                yield End("share recipient", name, None, texts[-1], "state")
        elif tokens:
            yield End("share recipient", name, None, tokens, "state")


def of_config(config: Mapping[str, str], sandbox: str) -> Iterator[End]:
    """The token of each entry of `connections`, the key of this project's own program."""
    for key, text in config.items():
        if key.partition(":")[2] == "connections":
            for name, fields in _entries(text).items():
                at = fields.get(FIELD) if isinstance(fields, Mapping) else None
                yield End("access token", name, sandbox, normalize_expiry(at), "config")


def _entries(text: str) -> Mapping[str, Any]:
    try:
        found = parse_document(text)
    except ValueError:
        return {}
    return found if isinstance(found, Mapping) else {}


def of_landing_zone(place: Place) -> End:
    """The SAS of the sandbox's landing zone; only its end is kept. Raises a FlowServiceError."""
    found = get_landing_zone(place.service, LANDING_ZONE)
    return End("landing zone", found.container, place.sandbox, found.expiry_date, "service")


def of_stored_landing_zones(resources: Iterable[Mapping[str, Any]]) -> Iterator[End]:
    """The SAS of each landing zone whose credentials a stack's state has: Adobe need not be asked."""
    for each in list_stored_credentials(resources):
        yield End("landing zone", each.container, each.sandbox, each.expiry, "state")


def tokens(resources: Iterable[Mapping[str, Any]], config: Mapping[str, str], sandbox: str) -> list[End]:
    """Each token once: as the state has it, and where that has no end, as the config does."""
    found = {each.name: each for each in of_config(config, sandbox)}
    for each in of_state(resources):
        found[each.name] = each if each.at is not None else found.get(each.name, each)
    return list(found.values())


@dataclass(frozen=True)
class Known:
    """What has an end, the next one first; the names of what has none; what nobody can tell, with the reason."""

    ends: list[End]
    undeclared: list[str]
    unknown: list[tuple[str, str]]


def sorted_out(found: Iterable[End]) -> Known:
    """These, by what is known of them."""
    declared, undeclared, unknown = [], [], []
    for each in found:
        if each.at is None:
            undeclared.append(each.name)
        elif why := _why(each.at):
            unknown.append((f"{each.what} of {each.name}", why))
        else:
            declared.append(each)
    return Known(sorted(declared, key=lambda each: parse_expiry(each.at)), sorted(undeclared), unknown)


def known(place: Place, *, tokens_only: bool) -> Known:
    """Look at the stack's state, at its config, and at the landing zone. Raises Problem."""
    stack = place.stack
    resources = stack.resources() if stack else []
    found = tokens(resources, stack.config(), place.sandbox) if stack else []
    found.extend(list_recipient_expiries(resources))
    stored = [] if tokens_only else list(of_stored_landing_zones(resources))
    found.extend(stored)
    failed = []
    if not tokens_only:
        try:
            # A question about a token that has ended renews it, so it is asked only where nobody has stored its end.
            if any(each.sandbox == place.sandbox for each in stored):
                place.service.ask_service_time()
            else:
                found.append(of_landing_zone(place))
        except FlowServiceError as error:
            failed.append(("landing zone", error.message))
    result = sorted_out(found)
    return replace(result, unknown=result.unknown + failed)


def _why(at: Any) -> str:
    """Why nobody can tell when that is; empty where one can."""
    if not isinstance(at, str):
        return "its expiry cannot be read: it is a secret, or no date"
    problem = validate_expiry(at)
    return f"it {problem}" if problem else ""


def row(end: End, now: datetime, days: int) -> dict[str, Any]:
    """It as JSON has it."""
    return {
        "what": end.what,
        "name": end.name,
        "sandbox": end.sandbox,
        "endsAt": end.at,
        "daysLeft": days_until(end.at, now),
        "soon": expires_within(end.at, now, days),
        "from": end.known_from,
    }
