"""All four kinds come into a stack by a file for `pulumi import`, which holds no secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adobe_flow.importing.entries import ImportedEntity, build_entity_entry, write_import_file
from pulumi_adobe.lifecycle.imported_state import Place
from pulumi_adobe.resource_types.registry import get_resource_type
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World
from tests.stack.pipelines import BY_STRING, Pipelines, build_program
from tests.stack.project import ORG, Outcome

IMPORT = ("--yes", "--skip-preview", "--generate-code=false", "--protect=false")
TYPE_PREFIX = "pulumi-python:dynamic/adobe:"


@pytest.fixture
def pipelines(tmp_path: Path, emulator: EmulatorProcess) -> Pipelines:
    """A program whose entities exist, and a stack that knows nothing of them."""
    pipelines = Pipelines(tmp_path / "project", emulator)
    pipelines.up(build_program())
    return pipelines


def import_all(pipelines: Pipelines) -> Outcome:
    """Forget the state, and import every entity as the program declares it, without the secret."""
    project, world = pipelines.project, World(pipelines.emulator)
    service = world.start_process().service
    entries = []
    for resource in project.state():
        if not resource["type"].startswith(TYPE_PREFIX):
            continue
        collection = get_resource_type(resource["type"].removeprefix(TYPE_PREFIX)).schema.collection
        inputs = {name: value for name, value in resource["inputs"].items() if name not in {"__provider", "params"}}
        entity = service.get(collection, resource["id"])
        name = resource["urn"].rpartition("::")[2]
        entries.append(build_entity_entry(ImportedEntity(resource["type"], name, entity, Place(ORG, "dev"), inputs)))
    state = json.loads(project.pulumi("stack", "export").stdout)
    state["deployment"]["resources"] = []
    (project.folder / "empty.json").write_text(json.dumps(state))
    project.pulumi("stack", "import", "--file", "empty.json")
    text = write_import_file(entries)
    assert BY_STRING["params"]["connectionString"] not in text
    (project.folder / "import.json").write_text(text)
    pipelines.emulator.clear_journal()
    return project.pulumi("import", "--file", "import.json", *IMPORT)


def test_imported_resources_are_unchanged_and_each_missing_secret_is_reported(pipelines: Pipelines) -> None:
    """Then a destroy without the `up` that records dependencies deletes no connection under a dataflow."""
    project, emulator = pipelines.project, pipelines.emulator
    imported = import_all(pipelines)
    refreshed = project.refresh()
    preview = project.preview()

    assert "4 imported" in imported.stdout
    assert "failed to validate" not in imported.text
    assert "5 unchanged" in refreshed.stdout
    assert "5 unchanged" in preview.stdout
    # Once below its resource, once in the list of all messages.
    assert preview.stdout.count("never sent its params.connectionString") == 2
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []

    before = pipelines.snapshot()
    emulator.fault("DELETE /flows/{id}", delayMs=4000)
    refused = project.destroy(succeeds=False)
    assert refused.text.count("is in use by 1 dataflow") >= 3
    assert pipelines.snapshot() == {**before, "flows": {}}
    project.destroy()
    assert pipelines.snapshot() == {kind: {} for kind in before}
