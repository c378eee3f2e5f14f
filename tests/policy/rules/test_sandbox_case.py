"""sandbox-case."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.sandbox_case import RULE, mend
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import judged, provider


@pytest.mark.parametrize("name", ["sandbox", "adobe:sandbox"])
def test_the_setting_of_a_flow_service_and_that_of_the_stack_are_told_and_mended(name: str) -> None:
    given = provider(**{name: "Prod-EU"})

    assert judged(RULE, given) == [f"{name}: is not in lower case. Write it so, or set the level `remediate`."]
    assert mend(given, {}) == {name: "prod-eu"}


def test_lower_case_and_what_is_not_known_stay_as_they_are() -> None:
    assert mend(provider(sandbox="prod"), {}) == {}
    assert mend(provider(sandbox=UNKNOWN), {}) == {}
    assert mend(provider(), {}) == {}
