"""The organizations and sandboxes, with the number of their entities."""

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
    """One sandbox of one organization; both are empty for all sandboxes."""

    org: str = ""
    sandbox: str = ""

    @property
    def short_org(self) -> str:
        """First characters of the organization id."""
        name = self.org.partition("@")[0]
        return name if len(name) <= _SHORT else f"{name[:_SHORT]}…"

    @property
    def query(self) -> str:
        """Query string of a page about this place."""
        return urlencode({"org": self.org, "sandbox": self.sandbox})

    def contains(self, entity: Entity) -> bool:
        """Return whether the entity is in this place."""
        return not self.org or (entity.org, entity.sandbox) == (self.org, self.sandbox)

    @classmethod
    def from_entity(cls, entity: Entity) -> Place:
        """Return the organization and the sandbox of an entity."""
        return cls(entity.org, entity.sandbox)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Place:
        """Return the place that a query names; it needs both names."""
        org, sandbox = query.get("org", ""), query.get("sandbox", "")
        return cls(org, sandbox) if org and sandbox else cls()


@dataclass(frozen=True)
class EntityCount:
    """The number of entities in one sandbox."""

    place: Place
    connections: int
    dataflows: int


def count_entities(emulator: Emulator) -> list[EntityCount]:
    """Return the counts of all sandboxes, also of those that a foreign edit has made up."""
    connections = Counter(Place.from_entity(entity) for entity in emulator.connections.all())
    dataflows = Counter(Place.from_entity(entity) for entity in emulator.stores["flows"].all())
    known_places = [Place(org, sandbox) for org, sandboxes in emulator.options.orgs.items() for sandbox in sandboxes]
    other_places = sorted({*connections, *dataflows} - set(known_places), key=lambda place: (place.org, place.sandbox))
    return [EntityCount(place, connections[place], dataflows[place]) for place in (*known_places, *other_places)]
