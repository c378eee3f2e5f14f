"""The settings are those of the provider."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection


def test_all_missing_settings_are_named_at_once(adobe_flow: AdobeFlow, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ADOBE_ORG_ID", "ADOBE_CLIENT_ID"):
        monkeypatch.delenv(name)

    said = adobe_flow("list")

    assert (said.exit_code, said.stdout) == (3, "")
    assert "adobe:orgId (ADOBE_ORG_ID)" in said.stderr
    assert "adobe:clientId (ADOBE_CLIENT_ID)" in said.stderr


def test_missing_settings_without_a_stack_name_the_option_that_selects_one(
    adobe_flow: AdobeFlow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ADOBE_ORG_ID")
    elsewhere = adobe_flow("list", "--cwd", str(tmp_path))
    (tmp_path / "Pulumi.yaml").write_text("name: some\nruntime: python\n", encoding="utf-8")
    in_project = adobe_flow("list", "--cwd", str(tmp_path))

    assert (elsewhere.exit_code, in_project.exit_code) == (3, 3)
    assert ("--stack" in elsewhere.stderr, "--stack" in in_project.stderr) == (False, True)


def test_option_sandbox_overrides_the_sandbox_of_the_settings(adobe_flow: AdobeFlow, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(**build_foreign_connection(name="there", sandbox="prod"))

    assert "there" in adobe_flow("list", "--sandbox", "prod").stdout
    assert "there" not in adobe_flow("list").stdout


def test_refused_credential_is_reported_without_a_secret(
    adobe_flow: AdobeFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADOBE_CLIENT_SECRET", "planted-wrong-secret")

    said = adobe_flow("list")

    assert said.exit_code == 3
    assert "ADOBE_CLIENT_SECRET" in said.stderr
    assert "planted-wrong-secret" not in said.stdout + said.stderr


def test_invalid_setting_is_a_usage_error(adobe_flow: AdobeFlow) -> None:
    assert adobe_flow("list", "--no-such-option").exit_code == 2
    assert adobe_flow("no-such-command").exit_code == 2
