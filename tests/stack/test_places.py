"""Several organizations and sandboxes in one program, with the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import ORG, OTHER_ORG, PROGRAMS, StackProject


@pytest.fixture
def project(tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    project = StackProject(tmp_path / "project", emulator, PROGRAMS / "several_places")
    project.write_config(endpoint=emulator.url, org=ORG, otherOrg=OTHER_ORG)
    project.set_secret("clientSecret", "emulator-client-secret")
    project.env |= {
        "ADOBE_EU_CLIENT_ID": "emulator-other-client-id",
        "ADOBE_EU_CLIENT_SECRET": "emulator-other-client-secret",
    }
    return project


def places(emulator: EmulatorProcess) -> list[tuple[str, str, str]]:
    return sorted((each["imsOrgId"], each["sandboxName"], each["createdClient"]) for each in emulator.connections())


def test_each_provider_works_in_its_own_sandbox_with_its_own_credentials(project: StackProject) -> None:
    project.up()

    assert places(project.emulator) == [
        (ORG, "dev", "emulator-client-id"),
        (ORG, "stage", "emulator-client-id"),
        (OTHER_ORG, "prod", "emulator-other-client-id"),
    ]
    assert "6 unchanged" in project.up().stdout
    assert "emulator-other-client-secret" not in project.state_files()
    project.refresh()
    project.destroy()
    assert project.emulator.connections() == []


def test_missing_credentials_of_a_provider_are_named_with_its_variables(project: StackProject) -> None:
    project.env.clear()
    project.env["ADOBE_CLIENT_SECRET"] = "emulator-client-secret"

    text = project.up("--continue-on-error", succeeds=False).text

    assert 'FlowService "eu"' in text
    assert "ADOBE_EU_CLIENT_SECRET" in text
    assert "eu" not in [place for _, place, _ in places(project.emulator)]


def test_changed_sandbox_of_a_provider_is_refused_with_the_value_to_restore(project: StackProject) -> None:
    project.up()
    project.write_config(euSandbox="dev")

    text = project.up(succeeds=False).text

    assert 'Restore the value "prod"' in text
    assert len(places(project.emulator)) == 3
