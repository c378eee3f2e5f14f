"""What cannot be changed in place is replaced, with the real engine: the connection spec and the auth spec."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import PROGRAMS, StackProject
from tests.stack.requests_seen import sent

BLOB = {"id": "4c10e202-c428-4796-9208-5f1f5732b1cf", "version": "1.0"}
S3 = {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}
BY_STRING = {
    "name": "files",
    "connection_spec": BLOB,
    "auth_spec": "ConnectionString",
    "parameters": {"connectionString": "secret-one"},
}
BY_SAS = {
    **BY_STRING,
    "auth_spec": "SAS URI Authentication",
    "parameters": {"sasUri": "https://a.blob.core.windows.net/?sv=1"},
}
OF_S3 = {
    **BY_STRING,
    "connection_spec": S3,
    "auth_spec": "Access Key",
    "parameters": {"s3AccessKey": "AKIA1", "s3SecretKey": "secret-two"},
}


@pytest.fixture
def made(tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    project = StackProject(tmp_path / "variable", emulator, PROGRAMS / "variable_spec")
    project.write_config(**{"flow-connections:connection": BY_STRING})
    project.up()
    emulator.clear_journal()
    return project


@pytest.mark.parametrize(
    ("changed", "named"), [(BY_SAS, "authSpec"), (OF_S3, "connectionSpec")], ids=["auth spec", "connection spec"]
)
def test_changed_spec_deletes_the_connection_and_creates_another(
    made: StackProject, changed: dict[str, Any], named: str
) -> None:
    before = made.output("id")
    made.write_config(**{"adobe:test": "off"})
    made.write_config(**{"flow-connections:connection": changed})

    preview = made.preview("--diff").text
    made.up()

    assert "+-1 to replace" in preview
    assert f"~ {named}" in preview
    assert sent(made.emulator) == [
        "POST /ims/token/v3",
        "GET /data/foundation/flowservice/flows",
        "DELETE connections/{id}",
        "GET connections",
        "POST connections",
        "GET connections/{id}",
    ]
    (kept,) = made.emulator.connections()
    assert made.output("id") == kept["id"] != before
    assert kept["auth"]["specName"] == changed["auth_spec"]


def test_up_replace_deletes_before_it_creates(made: StackProject) -> None:
    urn = made.resource("variable")["urn"]

    made.up("--replace", urn)

    changes = [each.split()[0] for each in sent(made.emulator) if "connections" in each and "GET" not in each]
    assert changes == ["DELETE", "POST"]
    assert len(made.emulator.connections()) == 1
