"""The pure part of a PATCH."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_service_emulator.connections.base_connections import BASE_CONNECTIONS
from flow_service_emulator.entities.patch import apply_patch
from flow_service_emulator.errors import FlowServiceError
from tests.emulator.adobe_client import LAKE, TOKEN, replace

PATHS = BASE_CONNECTIONS.paths
TEXTS = st.text(max_size=20)


@given(name=TEXTS, cluster=TEXTS)
def test_all_operations_of_a_patch_take_effect(name: str, cluster: str) -> None:
    changed = apply_patch(LAKE, [*replace("/name", name), *replace("/auth/params/clusterId", cluster)], PATHS)
    assert (changed["name"], changed["auth"]["params"]["clusterId"]) == (name, cluster)


@given(params=st.dictionaries(TEXTS, TEXTS, max_size=3))
def test_patch_does_not_change_the_passed_connection_object(params: dict[str, str]) -> None:
    before = copy.deepcopy(LAKE)
    assert apply_patch(LAKE, replace("/auth/params", params), PATHS)["auth"]["params"] == params
    assert before == LAKE


def test_invalid_patch_is_refused_without_quoting_a_value() -> None:
    with pytest.raises(FlowServiceError) as caught:
        apply_patch(LAKE, replace("/auth/params/privateKey", TOKEN), PATHS)
    assert TOKEN not in str(caught.value)
