"""The landing zone credentials of a stack's state: plain values only, the tokens stay encrypted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.managed import OURS, resource_name

_TYPE: Final = f"{OURS}LandingZoneCredentials"


@dataclass(frozen=True)
class StoredCredentials:
    """A `LandingZoneCredentials` of a state. ``expiry`` is as the state has it: None if it has none."""

    urn: str
    id: str
    kind: str
    container: str
    sandbox: str
    org: str
    expiry: Any

    @property
    def resource(self) -> str:
        """What the program calls it."""
        return resource_name(self.urn)


def list_stored_credentials(resources: Iterable[Mapping[str, Any]]) -> Iterator[StoredCredentials]:
    """Yield the landing zone credentials of a stack's resources, without those that are to be deleted."""
    for each in resources:
        if each.get("type") == _TYPE and each.get("id") and not each.get("external") and not each.get("delete"):
            outputs = each.get("outputs") or {}
            kind, container, sandbox, org = (
                str(outputs.get(name)) for name in ("kind", "container", "sandboxName", "orgId")
            )
            yield StoredCredentials(
                str(each["urn"]), str(each["id"]), kind, container, sandbox, org, outputs.get("expiryDate")
            )
