"""The landing zone credentials in a stack's state; their tokens stay encrypted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.resources import get_class_name, get_resource_name
from pulumi_adobe.expiry import has_expired, validate_expiry
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.platform_apis import LandingZone, get_landing_zone

_CLASS: Final = "LandingZoneCredentials"


@dataclass(frozen=True)
class StoredCredentials:
    """A `LandingZoneCredentials` of a state; ``expiry`` is the value in the state, `None` if it has none."""

    urn: str
    id: str
    kind: str
    container: str
    sandbox: str
    org: str
    expiry: Any

    @property
    def resource(self) -> str:
        """The name of the resource in the program."""
        return get_resource_name(self.urn)


def list_stored_credentials(resources: Iterable[Mapping[str, Any]]) -> Iterator[StoredCredentials]:
    """Yield the landing zone credentials of a stack's resources, without those that are to be deleted."""
    for resource in resources:
        is_managed = resource.get("id") and not resource.get("external") and not resource.get("delete")
        if get_class_name(resource) == _CLASS and is_managed:
            outputs = resource.get("outputs") or {}
            kind, container, sandbox, org = (
                str(outputs.get(name)) for name in ("kind", "container", "sandboxName", "orgId")
            )
            yield StoredCredentials(
                str(resource["urn"]), str(resource["id"]), kind, container, sandbox, org, outputs.get("expiryDate")
            )


def get_valid_expiry(service: FlowServiceClient, credentials: StoredCredentials) -> str:
    """Return the stored expiry. Raises Problem if it cannot be read, or has passed by the service's clock."""
    name, expiry = credentials.resource, credentials.expiry
    if not isinstance(expiry, str) or validate_expiry(expiry) is not None:
        raise Problem(
            f"The state has no readable expiry of the SAS token of {name}.",
            "To renew the token and to store its expiry: adobe-flow landing-zone refresh",
        )
    if has_expired(expiry, service.ask_service_time()):
        raise Problem(
            f"The SAS token of {name} has ended ({expiry}; the day itself counts). No request was sent to Adobe, "
            "because it would renew the token.",
            "Every run fails until the clusters have a new one: adobe-flow landing-zone refresh",
        )
    return expiry


def get_current_credentials(service: FlowServiceClient, credentials: StoredCredentials) -> LandingZone:
    """Return the current credentials at Adobe. From the day of the stored expiry on send no request.

    Args:
        service: A client of the organization of the credentials.
        credentials: The credentials, as the state has them.

    Raises:
        Problem: The token has ended, so that a request would renew it; or Adobe has another one.
    """
    expiry = get_valid_expiry(service, credentials)
    zone = get_landing_zone(service.for_sandbox(credentials.sandbox), credentials.kind)
    if zone.expiry_date != expiry:
        raise Problem(
            f"Adobe has another SAS token of {credentials.resource} than the state: it expires on {zone.expiry_date}, "
            f"not on {expiry}. It was renewed elsewhere, so the stored one does not work any more.",
            "Run pulumi refresh, then pulumi up to bring the new one to the clusters, and restart them.",
        )
    return zone
