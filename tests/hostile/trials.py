"""One operation of the provider against the broken service, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.config.options import Options
from pulumi_adobe.config.resolve import Settings
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.resource_types.registry import get_resource_type
from tests.hostile.attacks import Attack
from tests.hostile.broken_service import CREATED_ID, BrokenService
from tests.provider.lifecycle.world import build_inputs

TIMEOUT: Final = 1.0
CLIENT_SECRET: Final = "planted-client-secret"

Call = Callable[[FlowServiceClient], Any]

CALLS: Final[dict[str, Call]] = {
    "token": lambda client: client.authenticate(),
    "get": lambda client: client.get("connections", CREATED_ID),
    "list": lambda client: client.list("connections"),
    "create": lambda client: client.create("connections", {"name": "lake"}).id,
    "update": lambda client: client.update("connections", CREATED_ID, [], '"1"').id,
    "delete": lambda client: client.delete("connections", CREATED_ID),
}
"""The operation that sends a request of each kind."""


@dataclass(frozen=True)
class Trial:
    """The result, or the error, of an operation; how long it took; and what the service did."""

    result: Any
    error: Exception | None
    seconds: float
    service: BrokenService


def try_call(place: str, attack: Attack, call: Call | None = None) -> Trial:
    """Run the operation of a place while the service attacks there."""
    service = BrokenService(place, attack)
    if place in {"get", "update", "delete"}:
        service.connections.append({"id": CREATED_ID, "etag": '"1"', "state": "enabled", "name": "lake"})
    with service.run() as url:
        client = create_client(url)
        if place != "token":
            client.authenticate()
        return _measure(lambda: (call or CALLS[place])(client), service)


def try_create(attack: Attack) -> Trial:
    """Create a connection with the whole life cycle while the service attacks the POST."""
    service = BrokenService("create", attack)
    with service.run() as url:
        client = create_client(url)
        return _measure(lambda: create_with_life_cycle(client), service)


def create_with_life_cycle(client: FlowServiceClient) -> str:
    """Create a connection as the plugin does, and return its id."""
    context = ProviderContext(
        Settings(client.credentials, Options(test="off")),
        client.redactor,
        lambda _: None,
        lambda: client,
        attrgetter("label"),
    )
    resource_type = get_resource_type("DatabricksSourceConnection")
    return Lifecycle(resource_type.schema, resource_type.load_hooks(), context).create(build_inputs()).id


def create_client(url: str) -> FlowServiceClient:
    """Return a client of the service at this address."""
    credentials = Credentials(
        *(url, url, "0123456789ABCDEF01234567@AdobeOrg", "dev", "client-id"),
        client_secret=CLIENT_SECRET,
        scopes="openid",
        timeout=TIMEOUT,
    )
    return FlowServiceClient(credentials, Redactor())


def _measure(call: Callable[[], Any], service: BrokenService) -> Trial:
    result, caught = None, None
    started_at = time.monotonic()
    try:
        result = call()
    except AdobeError as error:
        caught = error
    return Trial(result, caught, time.monotonic() - started_at, service)
