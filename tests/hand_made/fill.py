"""Fill sandboxes of an emulator by plain HTTP: base connections of many sources, and all that hangs on them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import requests

from tests.emulator.adobe_client import AdobeClient
from tests.hand_made import bodies, families

_DAY: Final = 86_400


@dataclass(frozen=True)
class Amounts:
    """How many of each kind one sandbox gets."""

    connections: int
    sources: int
    targets: int
    flows: int


@dataclass
class FilledSandbox:
    """The ids of what was created, by kind: the API's path segments. The datasets are by their names."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    datasets: dict[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of entities."""
        return sum(map(len, self.ids.values()))


class HandMade:
    """A person in one sandbox, who creates one entity after the other."""

    def __init__(self, url: str, sandbox: str) -> None:
        self.adobe = AdobeClient(url)
        self.adobe.session.headers["x-sandbox-name"] = sandbox
        self.sandbox = sandbox

    def create(self, collection: str, body: dict[str, Any], **query: Any) -> str:
        """Create an entity of Flow Service, and return its id."""
        response = self.adobe.send("POST", f"/{collection}", json=body, params=query)
        assert response.status_code == 201, response.text
        return str(response.json()["id"])

    def create_dataset(self, name: str, schema: str = bodies.SCHEMA) -> str:
        """Create a dataset, and return its id."""
        reference = {"id": schema, "contentType": bodies.SCHEMA_VERSION}
        response = self.request("POST", "/catalog/dataSets", json={"name": name, "schemaRef": reference})
        return str(response.json()[0]).rpartition("/")[2]

    def create_mapping_set(self, body: dict[str, Any]) -> str:
        """Create a mapping set, and return its id."""
        return str(self.request("POST", "/conversion/mappingSets", json=body).json()["id"])

    def act(self, collection: str, id_: str, action: str) -> None:
        """Run an action such as `disable`."""
        response = self.adobe.send("POST", f"/{collection}/{id_}/action", params={"op": action})
        assert response.ok, response.text

    def request(self, method: str, path: str, **parts: Any) -> requests.Response:
        """Send a request to an API beside Flow Service."""
        url = f"{self.adobe.url}/data/foundation{path}"
        response = self.adobe.session.request(method, url, timeout=10, **parts)
        assert response.ok, response.text
        return response


def fill(url: str, amounts: Mapping[str, Amounts], columns: Sequence[str] = bodies.COLUMNS) -> dict[str, FilledSandbox]:
    """Create so many of each kind in each sandbox, as people would; the same in every run but ids and times.

    Every dataflow has a mapping set of its own; every fourth one is disabled. There are a dataset for each target
    connection but every fifth, which shares one, and no drafts.

    Args:
        url: The address of the emulator.
        amounts: The amounts by sandbox.
        columns: The four columns that each source connection to a table reads.
    """
    return {sandbox: _fill_sandbox(HandMade(url, sandbox), each, columns) for sandbox, each in amounts.items()}


def _fill_sandbox(person: HandMade, amounts: Amounts, columns: Sequence[str]) -> FilledSandbox:
    filled = FilledSandbox()
    connections = [bodies.build_connection(number, person.sandbox) for number in range(amounts.connections)]
    connection_ids = [person.create("connections", body) for body in connections]
    source_ids = []
    for number in range(amounts.sources):
        index = number % amounts.connections
        body = bodies.build_source(number, connections[index], connection_ids[index], columns)
        source_ids.append(person.create("sourceConnections", body))
    for number in range(amounts.targets):
        name = f"Orders {number - 1 if number % 5 == 4 else number}"
        if name not in filled.datasets:
            filled.datasets[name] = person.create_dataset(name)
        target = bodies.build_target(number, filled.datasets[name])
        filled.ids.setdefault("targetConnections", []).append(person.create("targetConnections", target))
    filled.ids |= {"connections": connection_ids, "sourceConnections": source_ids, "flows": []}
    start = _choose_start()
    for number in range(amounts.flows):
        index = number % amounts.sources
        of_files = bodies.reads_files(connections[index % amounts.connections])
        mapping_set = bodies.build_mapping_set(number, bodies.COLUMNS if of_files else columns)
        mapping_set_id = person.create_mapping_set(mapping_set)
        target_id = filled.ids["targetConnections"][number % amounts.targets]
        flow = bodies.build_flow(number, source_ids[index], target_id, mapping_set_id, start, of_files=of_files)
        id_ = person.create("flows", flow)
        filled.ids["flows"].append(id_)
        if number % 4 == 3:
            person.act("flows", id_, "disable")
    return filled


def fill_families(url: str, sandbox: str) -> FilledSandbox:
    """Create one way to the data lake from each family of sources beside tables, all to one target connection.

    Args:
        url: The address of the emulator.
        sandbox: The sandbox.
    """
    person, filled, start = HandMade(url, sandbox), FilledSandbox(), _choose_start()
    filled.datasets["Families"] = person.create_dataset("Families")
    target = {**bodies.build_target(0, filled.datasets["Families"]), "name": "Families"}
    target_id = person.create("targetConnections", target)
    filled.ids = {"connections": [], "sourceConnections": [], "targetConnections": [target_id], "flows": []}
    for family in families.FAMILIES:
        base_id = None
        if family.auth_spec:
            base_id = person.create("connections", families.build_base(family))
            filled.ids["connections"].append(base_id)
        source_id = person.create("sourceConnections", families.build_source(family, base_id))
        filled.ids["sourceConnections"].append(source_id)
        mapping_set_id = person.create_mapping_set(families.build_mapping_set()) if family.has_mapping else None
        flow = families.build_flow(family, source_id, target_id, mapping_set_id, start)
        filled.ids["flows"].append(person.create("flows", flow))
    return filled


def _choose_start() -> int:
    """Return the midnight after tomorrow in epoch seconds."""
    return int(time.time()) // _DAY * _DAY + 2 * _DAY
