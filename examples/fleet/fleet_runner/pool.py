"""Runs one function for many things, a bounded number at once; an interrupt lets those end that have begun."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

_T = TypeVar("_T")


def run_all(things: Sequence[_T], work: Callable[[_T], None], at_once: int) -> bool:
    """Whether all were begun; not so after Ctrl-C. What ``work`` raises is its own affair: it must not."""
    pool = ThreadPoolExecutor(at_once)
    futures = [pool.submit(work, each) for each in things]
    try:
        wait(futures)
    except KeyboardInterrupt:
        return False
    finally:
        _end(pool)
    for future in futures:
        future.result()
    return True


def _end(pool: ThreadPoolExecutor) -> None:
    """Begin no more and wait for the rest, whatever signals come meanwhile."""
    while True:
        try:
            pool.shutdown(cancel_futures=True)
        except KeyboardInterrupt:
            continue
        return
