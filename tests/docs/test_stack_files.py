"""The stack files are examples that work: no secret in clear, no setting that the code does not know."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from pulumi_adobe.config.settings import SETTINGS_TABLE

ROOT = Path(__file__).parents[2]
STACKS = ROOT / "stacks"
PAGE = ROOT / "docs" / "how-to" / "stack-config.md"
SETTINGS = {setting.config_key: setting for setting in SETTINGS_TABLE if setting.allowed_in_config}


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_stack_file_has_only_known_settings_and_encrypted_secrets(stack: str) -> None:
    config = yaml.safe_load((STACKS / f"Pulumi.{stack}.yaml").read_text("utf-8"))["config"]
    settings = {key: value for key, value in config.items() if key.startswith("adobe:")}
    assert set(settings) <= set(SETTINGS)
    assert all(set(value) == {"secure"} for key, value in settings.items() if SETTINGS[key].secret)
    assert all(set(value) == {"secure"} for value in config.get("accessTokens", {}).values())


def test_addresses_in_the_real_stack_file_are_the_defaults() -> None:
    config = yaml.safe_load((STACKS / "Pulumi.prod.yaml").read_text("utf-8"))["config"]
    assert config == {key: SETTINGS[key].default for key in ("adobe:endpoint", "adobe:imsEndpoint")}


def test_commands_on_the_page_of_the_real_stack_set_everything_that_is_required() -> None:
    commands = re.findall(
        r"^ *# (pulumi config set .*)$", (STACKS / "Pulumi.prod.yaml").read_text("utf-8"), re.MULTILINE
    )
    assert [command for command in commands if f"$ {command}\n" not in PAGE.read_text("utf-8")] == []
    assert {key for key, setting in SETTINGS.items() if setting.required} <= {
        word for command in commands for word in command.split()
    }
