"""Schemas, datasets, mapping sets and the rows that runs have written."""

from __future__ import annotations

import json
import secrets
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from flow_service_emulator.database import Database


@cache
def _read_seeds() -> dict[str, Any]:
    text = resources.files("flow_service_emulator").joinpath("data/lake.json").read_text("utf-8")
    seeds: dict[str, Any] = json.loads(text)
    return seeds


class Lake:
    """The data lakes of all organizations and sandboxes; each begins with the content of `data/lake.json`."""

    def __init__(self, database: Database) -> None:
        """Use the tables of the database, which an earlier process may have filled."""
        self._database = database

    def find_dataset(self, id_: str, org: str, sandbox: str) -> dict[str, Any] | None:
        """Return the dataset with an id; None if there is none."""
        return self.list_datasets(org, sandbox).get(id_)

    def list_datasets(self, org: str, sandbox: str) -> dict[str, dict[str, Any]]:
        """Return the datasets of a sandbox, by id."""
        gone = self._list_objects("goneDataSet", org, sandbox)
        datasets = {**_read_seeds()["dataSets"], **self._list_objects("dataSet", org, sandbox)}
        return {id_: dataset for id_, dataset in datasets.items() if id_ not in gone}

    def add_dataset(self, dataset: dict[str, Any], org: str, sandbox: str) -> str:
        """Store a new dataset, and return its id: 24 hex digits as in Catalog."""
        id_ = secrets.token_hex(12)
        self._store_object("dataSet", id_, org, sandbox, dataset)
        return id_

    def remove_dataset(self, id_: str, org: str, sandbox: str) -> None:
        """Remove a dataset and its rows."""
        self._store_object("goneDataSet", id_, org, sandbox, {})
        self._database.run("DELETE FROM rows WHERE dataset = ? AND org = ? AND sandbox = ?", (id_, org, sandbox))

    def find_schema(self, id_: object, org: str, sandbox: str) -> dict[str, Any] | None:
        """Return the schema with a `$id`; None if there is none."""
        return self.list_schemas(org, sandbox).get(str(id_))

    def list_schemas(self, org: str, sandbox: str) -> dict[str, dict[str, Any]]:
        """Return the schemas of a sandbox, by `$id`."""
        seeds = {schema["$id"]: schema for schema in _read_seeds()["schemas"]}
        return {**seeds, **self._list_objects("schema", org, sandbox)}

    def add_schema(self, schema: dict[str, Any], org: str, sandbox: str) -> str:
        """Store a new schema, and return its `$id`."""
        id_ = f"https://ns.adobe.com/acme/schemas/{secrets.token_hex(16)}"
        self._store_object("schema", id_, org, sandbox, {**schema, "$id": id_})
        return id_

    def list_descriptors(self, org: str, sandbox: str) -> list[dict[str, Any]]:
        """Return the descriptors of all schemas of a sandbox."""
        return [*_read_seeds()["descriptors"], *self._list_objects("descriptor", org, sandbox).values()]

    def add_descriptor(self, descriptor: dict[str, Any], org: str, sandbox: str) -> dict[str, Any]:
        """Store a new descriptor, and return it with its id."""
        stored = {**descriptor, "@id": secrets.token_hex(24)}
        self._store_object("descriptor", stored["@id"], org, sandbox, stored)
        return stored

    def find_mapping_set(self, id_: object, org: str, sandbox: str) -> dict[str, Any] | None:
        """Return the mapping set with an id; None if there is none."""
        return self._list_objects("mappingSet", org, sandbox).get(str(id_))

    def put_mapping_set(self, body: dict[str, Any], org: str, sandbox: str) -> None:
        """Store a new or a changed mapping set."""
        self._store_object("mappingSet", str(body["id"]), org, sandbox, body)

    def list_all_mapping_sets(self) -> list[dict[str, Any]]:
        """Return the mapping sets of all organizations and sandboxes, each with its place under Adobe's names."""
        rows = self._database.run("SELECT body, org, sandbox FROM lake WHERE kind = 'mappingSet' ORDER BY rowid")
        return [{**json.loads(body), "imsOrgId": org, "sandboxName": sandbox} for body, org, sandbox in rows]

    def add_rows(self, dataset: str, org: str, sandbox: str, run: str, rows: list[dict[str, Any]]) -> None:
        """Store the rows that a run writes."""
        for row in rows:
            self._database.run("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", (dataset, org, sandbox, run, json.dumps(row)))

    def remove_rows(self, dataset: str, org: str, sandbox: str, is_removed: Callable[[dict[str, Any]], bool]) -> None:
        """Delete the rows of a dataset that a function selects."""
        stored_rows = self._database.run(
            "SELECT rowid, row FROM rows WHERE dataset = ? AND org = ? AND sandbox = ?", (dataset, org, sandbox)
        )
        for rowid, text in stored_rows:
            if is_removed(json.loads(text)):
                self._database.run("DELETE FROM rows WHERE rowid = ?", (rowid,))

    def list_rows(self, dataset: str, org: str, sandbox: str) -> list[dict[str, Any]]:
        """Return the rows of a dataset, in the order in which they were written."""
        stored_rows = self._database.run(
            "SELECT row FROM rows WHERE dataset = ? AND org = ? AND sandbox = ? ORDER BY rowid", (dataset, org, sandbox)
        )
        return [json.loads(text) for (text,) in stored_rows]

    def count_rows(self, dataset: str, org: str, sandbox: str) -> int:
        """Return how many rows a dataset has."""
        counts = self._database.run(
            "SELECT count(*) FROM rows WHERE dataset = ? AND org = ? AND sandbox = ?", (dataset, org, sandbox)
        )
        return int(next(iter(counts))[0])

    def list_newest_rows(self, dataset: str, org: str, sandbox: str, limit: int) -> list[dict[str, Any]]:
        """Return the rows of a dataset that were written last, the newest first."""
        stored_rows = self._database.run(
            "SELECT row FROM rows WHERE dataset = ? AND org = ? AND sandbox = ? ORDER BY rowid DESC LIMIT ?",
            (dataset, org, sandbox, limit),
        )
        return [json.loads(text) for (text,) in stored_rows]

    def clear(self) -> None:
        """Delete all stored content, so that the lakes have only the initial datasets and schemas."""
        self._database.run("DELETE FROM lake")
        self._database.run("DELETE FROM rows")

    def _list_objects(self, kind: str, org: str, sandbox: str) -> dict[str, dict[str, Any]]:
        stored_objects = self._database.run(
            "SELECT id, body FROM lake WHERE kind = ? AND org = ? AND sandbox = ? ORDER BY rowid", (kind, org, sandbox)
        )
        return {id_: json.loads(body) for id_, body in stored_objects}

    def _store_object(self, kind: str, id_: str, org: str, sandbox: str, body: dict[str, Any]) -> None:
        self._database.run(
            "INSERT INTO lake VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
            (kind, id_, org, sandbox, json.dumps(body)),
        )
