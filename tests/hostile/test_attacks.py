"""Each attack at each place: the operation ends in time, shows no secret, and tells the truth about what was made."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Final

import pytest

from pulumi_adobe.flow_service.errors import FlowServiceError, NoResponse
from pulumi_adobe.lifecycle.create import AMBIGUOUS_ERRORS
from tests.hostile.attacks import ATTACKS, Attack
from tests.hostile.broken_service import CREATED_ID
from tests.hostile.trials import CALLS, TIMEOUT, Trial, try_call, try_create

pytestmark = pytest.mark.slow

READS: Final = ("token", "get", "list")
WRITES: Final = ("create", "update", "delete")
GRACE_SECONDS: Final = 2.0
ATTACKS_AT_A_TIME: Final = 4


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", READS)
def test_attacked_read_ends_in_time_with_an_error_or_the_true_content(attack: str, place: str) -> None:
    trial = _try_everywhere(attack)[place]

    _require_time_and_silence(trial)
    true_content = {"token": None, "get": trial.service.connections[:1], "list": trial.service.connections}[place]
    if trial.error is None:
        assert ([trial.result] if place == "get" else trial.result) == true_content
    else:
        assert isinstance(trial.error, FlowServiceError)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", WRITES)
def test_attacked_write_ends_in_time_and_never_claims_that_nothing_changed(attack: str, place: str) -> None:
    trial = _try_everywhere(attack)[place]

    _require_time_and_silence(trial)
    assert trial.service.writes[0] == place
    if trial.error is None:
        assert trial.result == (False if place == "delete" else CREATED_ID)
    else:
        assert isinstance(trial.error, AMBIGUOUS_ERRORS)
        assert not isinstance(trial.error, NoResponse) or trial.error.may_have_taken_effect


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacked_create_finds_its_entity_and_creates_it_once(attack: str) -> None:
    trial = _try_everywhere(attack)["life cycle"]

    _require_time_and_silence(trial)
    assert (trial.error, trial.result) == (None, CREATED_ID)
    assert trial.service.writes == ["create"]


def _try_everywhere(attack: str) -> Mapping[str, Trial]:
    return _start_all()[attack].result()


@cache
def _start_all() -> Mapping[str, Future[Mapping[str, Trial]]]:
    """Start the trials of all attacks, a few attacks at a time: most of them only wait."""
    pool = ThreadPoolExecutor(ATTACKS_AT_A_TIME)
    return {name: pool.submit(_run, attack) for name, attack in ATTACKS.items()}


def _run(attack: Attack) -> Mapping[str, Trial]:
    """Run all operations at the same time."""
    with ThreadPoolExecutor(len(CALLS) + 1) as pool:
        trials = {place: pool.submit(try_call, place, attack) for place in CALLS}
        trials["life cycle"] = pool.submit(try_create, attack)
        return {place: trial.result() for place, trial in trials.items()}


def _require_time_and_silence(trial: Trial) -> None:
    assert trial.seconds < TIMEOUT + GRACE_SECONDS
    # Every secret of the suite has this word in it.
    assert "planted" not in str(trial.error)
