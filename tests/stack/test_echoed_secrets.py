"""A secret that the service returns in another member is encrypted in the state: with the real engine."""

from __future__ import annotations

import json

import pytest

from tests.stack.project import ACCESS_TOKEN, StackProject
from tests.stack.requests_seen import of

pytestmark = pytest.mark.engine


def test_parameter_of_the_service_with_the_token_is_encrypted_and_sent_back(project: StackProject) -> None:
    project.declare(lake={})
    project.up()
    (connection,) = project.emulator.connections()
    url = f"jdbc:spark://host;PWD={ACCESS_TOKEN}"
    author = {"op": "add", "path": "/description", "value": f"by {ACCESS_TOKEN}"}
    project.emulator.foreign_edit(
        connection["id"], [{"op": "add", "path": "/auth/params/jdbcUrl", "value": url}, author]
    )

    refreshed = project.refresh()

    state = json.dumps(project.state())
    assert ACCESS_TOKEN not in refreshed.text + state
    (resource,) = [each for each in project.state() if "dynamic/adobe" in each["type"]]
    assert "ciphertext" in resource["outputs"]["serverParams"]["jdbcUrl"]
    project.up()
    assert ACCESS_TOKEN not in json.dumps(project.state())
    assert "description" in json.dumps(of(project.emulator, "PATCH"))
    assert ACCESS_TOKEN not in project.preview("--diff", "--expect-no-changes").text
