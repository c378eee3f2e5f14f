"""sandbox-case."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.sandbox_case import RULE, remediate
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import provider, validate


@pytest.mark.parametrize("name", ["sandbox", "adobe:sandbox"])
def test_sandbox_in_upper_case_is_a_violation_and_the_remediation_lowers_it_in_provider_and_stack_settings(
    name: str,
) -> None:
    flow_service = provider(**{name: "Prod-EU"})

    assert validate(RULE, flow_service) == [
        f"{name}: the name is not in lower case. Write it in lower case, or set the level `remediate`."
    ]
    assert remediate(flow_service, {}) == {name: "prod-eu"}


def test_lower_case_and_unknown_sandbox_are_unchanged() -> None:
    assert remediate(provider(sandbox="prod"), {}) == {}
    assert remediate(provider(sandbox=UNKNOWN), {}) == {}
    assert remediate(provider(), {}) == {}
