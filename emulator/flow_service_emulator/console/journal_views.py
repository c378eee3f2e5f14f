"""What the pages show of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flow_service_emulator.console import masking
from flow_service_emulator.console.places import Place
from flow_service_emulator.faults import BASE
from flow_service_emulator.journal import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flow_service_emulator.emulator import Emulator

PAGE = 50
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
ONLY = {"effects": "that changed something", "errors": "refused or not answered", "faults": "that met a fault"}
_FIRST_ERROR = 400
_PAGES = {"connections": "connections", "flows": "dataflows"}


@dataclass(frozen=True)
class RequestView:
    """``number`` is its place in the journal; ``entry`` has all of it."""

    number: int
    entry: dict[str, Any]

    @property
    def path(self) -> str:
        """Without what all paths of Flow Service begin with."""
        return str(self.entry["path"]).removeprefix(BASE)

    @property
    def who(self) -> str:
        """The client, as far as the request says."""
        return str(self.entry["headers"].get("x-api-key", ""))

    @property
    def place(self) -> Place:
        """The sandbox, as far as the request says."""
        headers = self.entry["headers"]
        return Place(str(headers.get("x-gw-ims-org-id", "")), str(headers.get("x-sandbox-name", "")))

    @property
    def changed(self) -> str:
        """The entity that it changed, if it changed one; journals of older emulators do not say which."""
        return str(self.entry.get("changed") or "")

    @property
    def page(self) -> str:
        """The console's page of that entity, where it has one."""
        kind = self.path.split("/")[1]
        return f"/console/{_PAGES[kind]}/{quote(self.changed, safe='')}" if kind in _PAGES else ""

    @property
    def failed(self) -> bool:
        """Whether it was refused, or got no answer."""
        return self.entry["status"] is None or self.entry["status"] >= _FIRST_ERROR


def wanted(query: Mapping[str, str]) -> Wanted:
    """What a journal's address asks for; words that mean nothing here are left aside."""
    place = Place.asked_for(query)
    method, only = query.get("method", ""), query.get("only", "")
    return Wanted(
        method=method if method in METHODS else "",
        text=query.get("text", "").strip(),
        only=only if only in ONLY else "",
        org=place.org,
        sandbox=place.sandbox,
    )


def views(found: Iterable[tuple[int, dict[str, Any]]]) -> list[RequestView]:
    """Entries with their numbers."""
    return [RequestView(number, entry) for number, entry in found]


def about(emulator: Emulator, entity_id: str) -> list[RequestView]:
    """The newest requests that named an entity or changed it."""
    return views(emulator.journal.newest(Wanted(about=entity_id), PAGE))


def shown(entry: Mapping[str, Any]) -> dict[str, Any]:
    """All of an entry; the journal holds secrets as marks already, and the console masks what it does not know."""
    body, query = (masking.masked(entry[part]) for part in ("body", "query"))
    return {**entry, "headers": masking.shown_headers(entry["headers"]), "body": body, "query": query}
