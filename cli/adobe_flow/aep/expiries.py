"""The expiry of credentials: of Databricks tokens, Delta Sharing recipients and the landing zone.

`pulumi_adobe.expiry` judges them; this module finds them in a stack's state and config, and at Adobe. Adobe: the
Databricks source page has the landing zone's credentials; a request for an expired token renews it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from adobe_flow.aep.landing_zones import list_stored_credentials
from adobe_flow.aep.place import Place
from adobe_flow.documents import parse_document
from adobe_flow.pulumi_cli.resources import get_class_name, get_resource_name
from pulumi_adobe.expiry import days_until, expires_within, normalize_expiry, parse_expiry, validate_expiry
from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.flow_service.platform_apis import get_landing_zone
from pulumi_adobe.json_values import get_member
from pulumi_adobe.resource_types.databricks import TOKEN_EXPIRY
from pulumi_adobe.resource_types.landing_zone import DATABRICKS

FIELD: Final = TOKEN_EXPIRY.name
"""The field of a Databricks connection, and of its entry in the config, that has the expiry of the token."""

_CONNECTION_CLASS: Final = "DatabricksSourceConnection"
_RECIPIENT_TYPE: Final = "databricks:index/recipient:Recipient"
"""A Delta Sharing recipient of Pulumi's Databricks provider. Its `tokens` have the expiry in epoch milliseconds."""


@dataclass(frozen=True)
class Expiry:
    """The expiry of one credential.

    Attributes:
        what: The kind of the credential.
        at: A date or a timestamp; `None` if it is not declared.
        origin: The place where the expiry was read: `state`, `config` or `service`.
    """

    what: str
    name: str
    sandbox: str | None
    at: Any
    origin: str


def list_token_expiries_of_state(resources: Iterable[Mapping[str, Any]]) -> Iterator[Expiry]:
    """Yield the expiry of the token of each Databricks connection in a stack's state."""
    for resource in resources:
        is_managed = not resource.get("external") and not resource.get("delete")
        if is_managed and get_class_name(resource) == _CONNECTION_CLASS:
            sandbox = get_member(resource, "outputs", "sandboxName")
            name = get_resource_name(str(resource.get("urn")))
            at = get_member(resource, "outputs", FIELD)
            yield Expiry("access token", name, sandbox if isinstance(sandbox, str) else None, at, "state")


def list_recipient_expiries(resources: Iterable[Mapping[str, Any]]) -> Iterator[Expiry]:
    """Yield the expiry of the newest bearer token of each Delta Sharing recipient in a stack's state.

    After a rotation the old token expires on purpose, so only the one that expires last counts. A recipient without
    tokens, such as one that shares between Databricks workspaces, has no expiry.
    """
    for resource in resources:
        if resource.get("type") != _RECIPIENT_TYPE or resource.get("delete"):
            continue
        tokens = (resource.get("outputs") or {}).get("tokens")
        name = get_resource_name(str(resource.get("urn")))
        if isinstance(tokens, list):
            expiries = [
                token["expirationTime"] for token in tokens if isinstance(token, Mapping) and "expirationTime" in token
            ]
            texts = [normalize_expiry(expiry) for expiry in expiries]
            valid = [text for text in texts if validate_expiry(text) is None]
            if valid:
                yield Expiry("share recipient", name, None, max(valid, key=parse_expiry), "state")
            elif texts:
                yield Expiry("share recipient", name, None, texts[-1], "state")
        elif tokens:
            yield Expiry("share recipient", name, None, tokens, "state")


def list_token_expiries_of_config(config: Mapping[str, str], sandbox: str) -> Iterator[Expiry]:
    """Yield the expiry of the token of each entry of `connections`, the config key of this project's own program."""
    for key, text in config.items():
        if key.partition(":")[2] == "connections":
            for name, fields in _parse_connection_entries(text).items():
                at = fields.get(FIELD) if isinstance(fields, Mapping) else None
                yield Expiry("access token", name, sandbox, normalize_expiry(at), "config")


def _parse_connection_entries(text: str) -> Mapping[str, Any]:
    try:
        entries = parse_document(text)
    except ValueError:
        return {}
    return entries if isinstance(entries, Mapping) else {}


def request_landing_zone_expiry(place: Place) -> Expiry:
    """Return the expiry of the SAS token of the sandbox's landing zone. Raises `FlowServiceError`."""
    zone = get_landing_zone(place.service, DATABRICKS)
    return Expiry("landing zone", zone.container, place.sandbox, zone.expiry_date, "service")


def list_landing_zone_expiries(resources: Iterable[Mapping[str, Any]]) -> Iterator[Expiry]:
    """Yield the expiry of the SAS token of each landing zone whose credentials a stack's state has."""
    for credentials in list_stored_credentials(resources):
        yield Expiry("landing zone", credentials.container, credentials.sandbox, credentials.expiry, "state")


def list_token_expiries(
    resources: Iterable[Mapping[str, Any]], config: Mapping[str, str], sandbox: str
) -> list[Expiry]:
    """Return each token once: with the expiry in the state; if the state has none, with that in the config."""
    by_name = {token.name: token for token in list_token_expiries_of_config(config, sandbox)}
    for token in list_token_expiries_of_state(resources):
        by_name[token.name] = token if token.at is not None else by_name.get(token.name, token)
    return list(by_name.values())


@dataclass(frozen=True)
class Expiries:
    """The expiries of a stack and a sandbox.

    Attributes:
        dated: Those with a date or a timestamp, the next one first.
        undeclared: The names of the credentials whose expiry is not declared.
        unknown: The credentials whose expiry cannot be read, each with the reason.
    """

    dated: list[Expiry]
    undeclared: list[str]
    unknown: list[tuple[str, str]]


def classify_expiries(expiries: Iterable[Expiry]) -> Expiries:
    """Divide the expiries into those with a date, those without one, and those whose date cannot be read."""
    dated, undeclared, unknown = [], [], []
    for expiry in expiries:
        if expiry.at is None:
            undeclared.append(expiry.name)
        elif problem := _find_expiry_problem(expiry.at):
            unknown.append((f"{expiry.what} of {expiry.name}", problem))
        else:
            dated.append(expiry)
    return Expiries(sorted(dated, key=lambda expiry: parse_expiry(expiry.at)), sorted(undeclared), unknown)


def find_expiries(place: Place, *, tokens_only: bool) -> Expiries:
    """Read the stack's state, its config, and the landing zone. Raises `Problem`."""
    stack = place.stack
    resources = stack.list_resources() if stack else []
    expiries = list_token_expiries(resources, stack.read_config(), place.sandbox) if stack else []
    expiries.extend(list_recipient_expiries(resources))
    stored = [] if tokens_only else list(list_landing_zone_expiries(resources))
    expiries.extend(stored)
    failures = []
    if not tokens_only:
        try:
            # A request for an expired token renews it, so it is sent only if the state has no expiry.
            if any(zone.sandbox == place.sandbox for zone in stored):
                place.service.ask_service_time()
            else:
                expiries.append(request_landing_zone_expiry(place))
        except FlowServiceError as error:
            failures.append(("landing zone", error.message))
    classified = classify_expiries(expiries)
    return replace(classified, unknown=classified.unknown + failures)


def _find_expiry_problem(at: Any) -> str:
    """Return why the expiry cannot be read; an empty text if it can."""
    if not isinstance(at, str):
        return "its expiry cannot be read: it is a secret, or not a date"
    problem = validate_expiry(at)
    return f"it {problem}" if problem else ""


def build_expiry_row(expiry: Expiry, now: datetime, days: int) -> dict[str, Any]:
    """Return the row of an expiry in the JSON of `adobe-flow expiring`."""
    return {
        "what": expiry.what,
        "name": expiry.name,
        "sandbox": expiry.sandbox,
        "endsAt": expiry.at,
        "daysLeft": days_until(expiry.at, now),
        "soon": expires_within(expiry.at, now, days),
        "from": expiry.origin,
    }
