"""The steps of a round trip: a program is brought about in one sandbox and in an empty one, and both are compared.

A test that has a program of its own, such as an exported one, calls `bring_about` for both sandboxes and judges the
result with `list_differences`; `EDITS` are changes by plain HTTP that the comparison must show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from tests.cli.command_line import AdobeFlow, assert_valid
from tests.cli.compare.pipelines import SandboxClient, open_sandbox
from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject

COLLECTIONS: Final = ("connections", "sourceConnections", "targetConnections", "flows")

Ids: TypeAlias = Mapping[str, str]
"""The id of the only entity of each collection."""

Difference: TypeAlias = tuple[str, str, Any, Any]
"""The kind of an entity, the field that differs, and the value on either side."""


@dataclass(frozen=True)
class Edit:
    """A change that a person makes in one sandbox by plain HTTP, and the field and the value that compare must show."""

    apply: Callable[[SandboxClient, Ids], None]
    entity: str
    field: str
    value: Any


def prepare_empty_sandbox(emulator: EmulatorProcess, sandbox: str) -> None:
    """Give an empty sandbox a dataset and an XDM schema with the names of the other sandboxes, and with other ids."""
    assert not any(entity["sandboxName"] == sandbox for entity in emulator.connections())
    with open_sandbox(emulator.url, sandbox) as client:
        client.replace_dataset()


def bring_about(  # noqa: PLR0913 - what a program needs
    folder: Path,
    emulator: EmulatorProcess,
    program: Path,
    sandbox: str,
    *,
    config: Mapping[str, Any],
    secrets: Mapping[str, str],
) -> StackProject:
    """Run `pulumi up` with a program in a project and a stack of its own, in the given sandbox."""
    project = StackProject(folder / sandbox, emulator, program)
    project.write_config(**{**config, "adobe:sandbox": sandbox})
    # One command for all of them: each takes nearly a second.
    project.pulumi("config", "set-all", *(part for each in secrets.items() for part in ("--secret", "=".join(each))))
    project.up()
    return project


def list_differences(adobe_flow: AdobeFlow, a: str, b: str) -> list[Difference]:
    """Return what `adobe-flow compare` finds: each field that differs; a missing entity has the field `missing`."""
    said = adobe_flow("compare", a, b, "--json")
    assert_valid(said, "compare")
    differences: list[Difference] = []
    for difference in said.json["differences"]:
        entity = difference["entity"]
        differences += [(entity, field["field"], field["a"], field["b"]) for field in difference["fields"]]
        if difference["kind"] != "differs":
            differences.append((entity, "missing", difference["a"], difference["b"]))
    assert said.exit_code == (1 if differences else 0), said.stderr
    return differences


def find_ids(emulator: EmulatorProcess, sandbox: str) -> dict[str, str]:
    """Return the id of the only entity of each collection in a sandbox."""
    entities = {"connections": emulator.connections(), **emulator.entities()}
    ids = {name: [each["id"] for each in entities[name] if each["sandboxName"] == sandbox] for name in COLLECTIONS}
    assert all(len(found) == 1 for found in ids.values()), ids
    return {name: found[0] for name, found in ids.items()}


def _edit_parameter(client: SandboxClient, ids: Ids) -> None:
    """Send all auth parameters of a Databricks connection with another cluster: Adobe replaces them as a whole."""
    (connection,) = client.send("GET", f"/flowservice/connections/{ids['connections']}")["items"]
    params = {**connection["auth"]["params"], "accessToken": "dapi-edited-0001", "clusterId": "edited-by-hand"}
    client.patch("connections", ids["connections"], "/auth/params", params)


def _edit_mapping(client: SandboxClient, ids: Ids) -> None:
    """Give the dataflow another mapping set, which also has a constant."""
    (flow,) = client.send("GET", f"/flowservice/flows/{ids['flows']}")["items"]
    index = next(index for index, each in enumerate(flow["transformations"]) if each["name"] == "Mapping")
    old = client.send("GET", f"/conversion/mappingSets/{flow['transformations'][index]['params']['mappingId']}")
    kept = [{key: each[key] for key in ("source", "destination", "sourceType")} for each in old["mappings"]]
    constant = {"source": "shop", "destination": "_acme.status", "sourceType": "STATIC"}
    set_id = client.send("POST", "/conversion/mappingSets", json={"mappings": [*kept, constant]})["id"]
    params = {"mappingId": set_id, "mappingVersion": 0}
    client.patch("flows", ids["flows"], f"/transformations/{index}", {"name": "Mapping", "params": params})


EDITS: Final = (
    Edit(_edit_parameter, "base connection", "parameters.clusterId", "edited-by-hand"),
    Edit(
        lambda client, ids: client.patch("connections", ids["connections"], "/description", "edited by hand"),
        "base connection",
        "description",
        "edited by hand",
    ),
    Edit(
        lambda client, ids: client.patch("flows", ids["flows"], "/scheduleParams/interval", 3),
        "dataflow",
        "schedule.interval",
        3,
    ),
    Edit(
        lambda client, ids: client.patch("flows", ids["flows"], "/options", {"partialIngestionPercent": 7}),
        "dataflow",
        "options.partialIngestionPercent",
        7,
    ),
    Edit(_edit_mapping, "dataflow", "mapping._acme.status", {"constant": "shop"}),
)
"""One change of each kind of fact: a parameter, a description, the schedule, an option and the mapping."""


def make_edits(emulator: EmulatorProcess, sandbox: str) -> list[tuple[str, str, Any]]:
    """Make all `EDITS` in a sandbox; return the kind, the field and the new value of each, sorted."""
    ids = find_ids(emulator, sandbox)
    with open_sandbox(emulator.url, sandbox) as client:
        for edit in EDITS:
            edit.apply(client, ids)
    return sorted(((edit.entity, edit.field, edit.value) for edit in EDITS), key=lambda shown: shown[:2])
