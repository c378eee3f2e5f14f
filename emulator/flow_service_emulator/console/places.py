"""The organizations and sandboxes, and what each of them has."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity

_SHORT = 8


@dataclass(frozen=True)
class Place:
    """One sandbox of one organization; both empty where all are meant."""

    org: str = ""
    sandbox: str = ""

    @property
    def short_org(self) -> str:
        """Enough to tell two organizations apart."""
        name = self.org.partition("@")[0]
        return name if len(name) <= _SHORT else f"{name[:_SHORT]}…"

    @property
    def query(self) -> str:
        """What leads to it in an address."""
        return urlencode({"org": self.org, "sandbox": self.sandbox})

    def has(self, entity: Entity) -> bool:
        """Whether the entity is there."""
        return not self.org or (entity.org, entity.sandbox) == (self.org, self.sandbox)

    @classmethod
    def of(cls, entity: Entity) -> Place:
        """Where an entity is."""
        return cls(entity.org, entity.sandbox)

    @classmethod
    def asked_for(cls, query: Mapping[str, str]) -> Place:
        """The one that an address names; it takes both words."""
        org, sandbox = query.get("org", ""), query.get("sandbox", "")
        return cls(org, sandbox) if org and sandbox else cls()


@dataclass(frozen=True)
class Count:
    """How much a sandbox has."""

    place: Place
    connections: int
    dataflows: int


def counts(emulator: Emulator) -> list[Count]:
    """All sandboxes that there are, and any that another person's edit has made up."""
    connections = Counter(Place.of(each) for each in emulator.connections.all())
    dataflows = Counter(Place.of(each) for each in emulator.stores["flows"].all())
    known = [Place(org, sandbox) for org, sandboxes in emulator.options.orgs.items() for sandbox in sandboxes]
    others = sorted({*connections, *dataflows} - set(known), key=lambda place: (place.org, place.sandbox))
    return [Count(place, connections[place], dataflows[place]) for place in (*known, *others)]
