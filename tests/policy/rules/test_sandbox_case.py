"""sandbox-case."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.sandbox_case import RULE, remediate
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import provider, validate


@pytest.mark.parametrize("name", ["sandbox", "adobe:sandbox"])
def test_the_setting_of_a_flow_service_and_that_of_the_stack_are_reported_and_corrected(name: str) -> None:
    flow_service = provider(**{name: "Prod-EU"})

    assert validate(RULE, flow_service) == [
        f"{name}: the name is not in lower case. Write it in lower case, or set the level `remediate`."
    ]
    assert remediate(flow_service, {}) == {name: "prod-eu"}


def test_lower_case_and_what_is_not_known_stay_as_they_are() -> None:
    assert remediate(provider(sandbox="prod"), {}) == {}
    assert remediate(provider(sandbox=UNKNOWN), {}) == {}
    assert remediate(provider(), {}) == {}
