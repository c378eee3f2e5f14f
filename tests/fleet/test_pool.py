from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from fleet_runner.pool import run_concurrently


def test_pool_runs_all_jobs_and_never_more_than_the_limit_at_once() -> None:
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

    assert run_concurrently(range(12), work, at_once=3)
    assert most == 3
    assert sorted(finished) == list(range(12))


def test_ctrl_c_lets_running_jobs_end_and_starts_no_more() -> None:
    begun, ended = [], []

    def work(thing: int) -> None:
        begun.append(thing)
        if thing == 0:
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)
        ended.append(thing)

    assert not run_concurrently(range(200), work, at_once=2)
    assert sorted(begun) == sorted(ended)
    assert len(begun) < 200


def test_second_ctrl_c_still_waits_and_the_previous_handler_is_restored() -> None:
    ended = []
    before = signal.getsignal(signal.SIGINT)

    def work(thing: int) -> None:
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.2)
        ended.append(thing)

    assert not run_concurrently([1], work, at_once=1)
    assert ended == [1]
    assert signal.getsignal(signal.SIGINT) is before


def test_unexpected_error_of_a_job_is_raised() -> None:
    def work(_thing: int) -> None:
        raise KeyError("bug")

    with pytest.raises(KeyError, match="bug"):
        run_concurrently([1], work, at_once=1)
