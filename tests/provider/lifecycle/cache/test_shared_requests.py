"""Values that are requested once by threads that need them at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from pulumi_adobe.flow_service.errors import Unavailable
from pulumi_adobe.lifecycle.cache.shared_requests import SharedRequests
from tests.waiting import wait_until

THREADS = 64
SECONDS = 10


def test_threads_that_need_one_value_request_it_once() -> None:
    requests, numbers, everybody = SharedRequests(), iter(range(THREADS)), Barrier(THREADS)

    def get(_: int) -> int:
        everybody.wait(SECONDS)
        return requests.get_or_request("key", lambda: next(numbers))

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(get, range(THREADS))) == [0] * THREADS


def test_threads_that_need_different_values_do_not_wait_for_each_other() -> None:
    requests, both = SharedRequests(), Barrier(2)

    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda key: requests.get_or_request(key, lambda: both.wait(SECONDS)), ("one", "two"))
        assert sorted(answers) == [0, 1]


def test_a_failure_is_shared_by_those_who_waited_and_is_no_value() -> None:
    requests, may_end, attempts = SharedRequests(), Event(), []

    def fail() -> str:
        attempts.append(1)
        may_end.wait(SECONDS)
        raise Unavailable("not now")

    with ThreadPoolExecutor(THREADS) as pool:
        futures = [pool.submit(requests.get_or_request, "key", fail) for _ in range(THREADS)]
        wait_until(pool._work_queue.empty)  # noqa: SLF001 - every thread has begun
        may_end.set()
        assert all(isinstance(future.exception(), Unavailable) for future in futures)

    # The request of the first began before the others needed the value, so one of them tries again for all.
    assert len(attempts) <= THREADS // 2
    assert requests.get_or_request("key", lambda: "value") == "value"


def test_who_comes_after_a_failure_requests_again() -> None:
    requests = SharedRequests()

    def fail() -> str:
        raise Unavailable("not now")

    for _ in range(2):
        with pytest.raises(Unavailable):
            requests.get_or_request("key", fail)
    assert requests.get_or_request("key", lambda: "value") == "value"
