"""Two sandboxes full of connections made by hand: equal, but for the seven differences of `PLANTED`."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pulumi_adobe.sources import connection_specs
from tests.cli.filled_sources import AUTH
from tests.emulator.adobe_client import AdobeClient

SANDBOXES = HERE, THERE = ("dev", "stage")
EACH = 100
MARKER = "planted-secret"
"""Stands in every secret of every connection: a place where it is found shows a secret."""


@dataclass(frozen=True)
class Planted:
    """One difference: the connection's name in `HERE` and in `THERE`, None where it is missing, and what differs."""

    here: str | None
    there: str | None
    source: str
    fields: tuple[str, ...] = ()


PLANTED = (
    Planted("Only in dev: Kundenstamm Süd", None, "postgresql"),
    Planted(None, "Only in stage: load test / nightly", "databricks"),
    Planted("Databricks — Vertrieb, EU", "Databricks — Vertrieb, EU", "databricks", ("description",)),
    Planted("Warehouse 'finance'", "Warehouse 'finance'", "snowflake", ("parameters.warehouse",)),
    Planted("Blob of the agency", "Blob of the agency", "azure-blob-storage", ("authSpec",)),
    Planted("Orders (moved)", "Orders (moved)", "postgresql", ("source",)),
    Planted("SFTP Rechnungen", "sftp rechnungen", "sftp", ("name",)),
)
"""A changed auth spec or source brings other parameters along; what is listed is the cause."""

_AWKWARD = (
    "Köln/Straße 5, ÄÖÜ",
    'the "good" one',
    "it's ours",
    "two  blanks",
    "back\\slash",
    "100 % [red]markup[/red] <b>&amp;</b>",
    "CRM",  # of a second source too
    "crm_export.v2",
    "日本 データ",
    "class",
    "2024",
    "a-b",
    "a b",  # the same program name as a-b and a_b, once it is made readable
    "a_b",
    "émigré 🚚 shipping",
    "$(date) `id` {{ x }} ${y}",
    "CRM",
    "x" * 120,
)

SOURCES = tuple(AUTH)
_DESCRIPTIONS = (None, "Made by hand.", 'Ask "Jürgen" <jb@acme.example>\nbefore you change it; 50 % | rest', "")


def fill(url: str) -> dict[str, list[str]]:
    """Make all of them, as a script of a person's would; the ids by sandbox."""
    ids: dict[str, list[str]] = {}
    with AdobeClient(url) as adobe:
        for sandbox in SANDBOXES:
            adobe.session.headers["x-sandbox-name"] = sandbox
            ids[sandbox] = [adobe.create(body)["id"] for body in bodies(sandbox)]
    return ids


def bodies(sandbox: str) -> list[dict[str, Any]]:
    """What is posted to one sandbox, `EACH` of them, in the order in which they are made."""
    planted = list(_planted(sandbox))
    every = [_shared(number, sandbox) for number in range(EACH - len(planted))] + planted
    return every if sandbox == HERE else every[::-1]


def _shared(number: int, sandbox: str) -> dict[str, Any]:
    source = SOURCES[number % len(SOURCES)]
    if number < len(_AWKWARD):
        name = _AWKWARD[number]
    else:
        name = f"{connection_specs()[source].title} {('Nord', 'Süd', 'West')[number % 3]} {number}"
    return _body(source, number, sandbox, name, _DESCRIPTIONS[number % len(_DESCRIPTIONS)])


def _planted(sandbox: str) -> Iterator[dict[str, Any]]:
    there = sandbox == THERE
    for number, each in enumerate(PLANTED, start=EACH):
        name = each.there if there else each.here
        if name is None:
            continue
        source, turn = each.source, 0
        if there and each.fields == ("source",):
            source = "mysql"
        if there and each.fields == ("authSpec",):
            turn = 1
        body = _body(source, number, sandbox, name, "Planted.", turn=turn)
        if there and each.fields == ("description",):
            body["description"] = "Planted, and edited since."
        if there and each.fields == ("parameters.warehouse",):
            body["auth"]["params"]["warehouse"] = "FINANCE_WH"
        yield body


def _body(  # noqa: PLR0913 - what a connection is made of
    source: str, number: int, sandbox: str, name: str, description: str | None, *, turn: int | None = None
) -> dict[str, Any]:
    spec, ways = connection_specs()[source], AUTH[source]
    auth_spec = list(ways)[(number // len(SOURCES) if turn is None else turn) % len(ways)]
    secret = f"{MARKER}-{sandbox}-{number}"
    params = {
        key: value.format(n=number, secret=secret) if isinstance(value, str) else value
        for key, value in copy.deepcopy(ways[auth_spec]).items()
    }
    body = {
        "name": name,
        "auth": {"specName": auth_spec, "params": params},
        "connectionSpec": {"id": spec.id, "version": spec.version},
    }
    return body if description is None else {**body, "description": description}
