from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from fleet_runner.pool import run_all


def test_never_more_than_the_bound_run_at_once_and_all_run() -> None:
    lock, running, most, finished = threading.Lock(), 0, 0, []
    three = threading.Barrier(3)

    def work(thing: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        three.wait(20)  # until as many as may run do
        with lock:
            running -= 1
            finished.append(thing)

    assert run_all(range(12), work, at_once=3)
    assert most == 3
    assert sorted(finished) == list(range(12))


def test_after_ctrl_c_what_has_begun_ends_and_nothing_more_begins() -> None:
    begun, ended = [], []

    def work(thing: int) -> None:
        begun.append(thing)
        if thing == 0:
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)
        ended.append(thing)

    assert not run_all(range(200), work, at_once=2)
    assert sorted(begun) == sorted(ended)
    assert len(begun) < 200


def test_a_second_ctrl_c_waits_too_and_the_old_handler_is_back_after_it() -> None:
    ended = []
    before = signal.getsignal(signal.SIGINT)

    def work(thing: int) -> None:
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.2)
        ended.append(thing)

    assert not run_all([1], work, at_once=1)
    assert ended == [1]
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_that_the_work_should_have_caught_is_not_swallowed() -> None:
    def work(_thing: int) -> None:
        raise KeyError("bug")

    with pytest.raises(KeyError, match="bug"):
        run_all([1], work, at_once=1)
