"""The view of the journal on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flow_service_emulator.console import masking
from flow_service_emulator.console.places import Place
from flow_service_emulator.faults import BASE
from flow_service_emulator.journal import JournalQuery

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
    """One request on a page: ``number`` is its place in the journal, ``entry`` the whole entry."""

    number: int
    entry: dict[str, Any]

    @property
    def path(self) -> str:
        """Path without the prefix of Flow Service."""
        return str(self.entry["path"]).removeprefix(BASE)

    @property
    def client(self) -> str:
        """Client of the request, if the request names one."""
        return str(self.entry["headers"].get("x-api-key", ""))

    @property
    def place(self) -> Place:
        """Sandbox of the request, if the request names one."""
        headers = self.entry["headers"]
        return Place(str(headers.get("x-gw-ims-org-id", "")), str(headers.get("x-sandbox-name", "")))

    @property
    def changed_id(self) -> str:
        """Id of the entity that the request changed; journals of older emulators do not have it."""
        return str(self.entry.get("changed") or "")

    @property
    def entity_page(self) -> str:
        """Address of the console's page about that entity, if there is one."""
        kind = self.path.split("/")[1]
        return f"/console/{_PAGES[kind]}/{quote(self.changed_id, safe='')}" if kind in _PAGES else ""

    @property
    def is_failed(self) -> bool:
        """True if the request was refused, or got no response."""
        return self.entry["status"] is None or self.entry["status"] >= _FIRST_ERROR


def parse_query(query: Mapping[str, str]) -> JournalQuery:
    """Return the query of a journal page's address; unknown words are ignored."""
    place = Place.from_query(query)
    method, only = query.get("method", ""), query.get("only", "")
    return JournalQuery(
        method=method if method in METHODS else "",
        text=query.get("text", "").strip(),
        only=only if only in ONLY else "",
        org=place.org,
        sandbox=place.sandbox,
    )


def build_request_views(entries: Iterable[tuple[int, dict[str, Any]]]) -> list[RequestView]:
    """Return the views of entries with their numbers."""
    return [RequestView(number, entry) for number, entry in entries]


def list_requests_about_entity(emulator: Emulator, entity_id: str) -> list[RequestView]:
    """Return the newest requests that read or changed an entity."""
    return build_request_views(emulator.journal.list_newest(JournalQuery(about=entity_id), PAGE))


def show_journal_entry_without_secrets(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry without secrets: the journal has marks for those that it knows, the console masks the others."""
    body, query = (masking.mask_json(entry[part]) for part in ("body", "query"))
    return {**entry, "headers": masking.mask_headers(entry["headers"]), "body": body, "query": query}
