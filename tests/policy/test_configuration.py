"""The configurations that the project shows: that of the dev stack, and that of the documentation."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from pulumi_policy import EnforcementLevel

from adobe_flow_policy.rule import ResourceRule
from adobe_flow_policy.rules import RULES
from adobe_flow_policy.rules.cluster_id import RULE as CLUSTER_ID
from adobe_flow_policy.values import HIDDEN
from tests.policy.programs import PACK, PAGES
from tests.policy.resources import connection, validate
from tests.stack.project import ROOT

BY_NAME = {rule.name: rule for rule in RULES}
DEV = json.loads((PACK / "dev.json").read_text("utf-8"))
README = (PAGES / "README.md").read_text("utf-8")
(EXAMPLE,) = (json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", README, re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("config", [DEV, EXAMPLE], ids=["dev", "documentation"])
def test_example_configuration_names_existing_rules_levels_and_keys(config: dict[str, Any]) -> None:
    for name, rule_config in config.items():
        properties = dict(rule_config) if isinstance(rule_config, dict) else {"enforcementLevel": rule_config}
        EnforcementLevel(properties.pop("enforcementLevel", "advisory"))
        for key, value in properties.items():
            Draft7Validator(BY_NAME[name].schema[key]).validate(value)


def test_dev_stack_violates_only_rules_that_are_advisory_there() -> None:
    config = yaml.safe_load((ROOT / "stacks" / "Pulumi.dev.yaml").read_text("utf-8"))["config"]
    broken = set()
    for fields in config["connections"].values():
        lake = connection(without=("accessTokenExpiresAt",), **{"accessToken": HIDDEN, **fields})
        for rule in RULES:
            rule_config = DEV.get(rule.name, {})
            own = (
                {key: value for key, value in rule_config.items() if key != "enforcementLevel"}
                if rule_config != "advisory"
                else {}
            )
            if isinstance(rule, ResourceRule) and lake.collection in rule.collections and validate(rule, lake, **own):
                broken.add(rule.name)

    assert broken == {name for name, rule_config in DEV.items() if rule_config == "advisory"}


def test_violation_shown_in_the_docs_equals_the_message_of_the_rule() -> None:
    (shown,) = re.findall(r"<!-- refused -->\n```\n(.*?)```\n<!-- /refused -->", README, re.DOTALL)
    (message,) = validate(CLUSTER_ID, connection("acme-lake", clusterId="xxxx"))

    assert shown.splitlines()[3:] == [f"          {CLUSTER_ID.description}", f"          {message}"]
