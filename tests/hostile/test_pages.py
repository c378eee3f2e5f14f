"""Lists whose pages do not end."""

from __future__ import annotations

import itertools
import json
from typing import Final

import pytest

from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import FlowServiceError, NoResponse, UnexpectedResponse
from pulumi_adobe.flow_service.platform_apis import list_sandboxes
from tests.hostile.attacks import Attack, rewrite
from tests.hostile.trials import TIMEOUT, Call, Trial, try_call

pytestmark = pytest.mark.slow


def _list_some(client: FlowServiceClient) -> int:
    """Ask for one page after the other, as the life cycle does."""
    return sum(len(page) for page in client.iterate_pages("connections"))


def _answer(members: dict[str, object]) -> bytes:
    body = json.dumps(members).encode()
    return b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _build_endless_pages(*, items: int, same: bool = False) -> Attack:
    """Return an attack of pages with this number of items, each with another next page."""
    numbers = itertools.count()

    def build(_: bytes) -> list[bytes]:
        number = next(numbers)
        ids = [{"id": "same" if same else f"{number}-{index}"} for index in range(items)]
        return [_answer({"items": ids, "_links": {"next": {"href": f"/x?start={number}"}}})]

    return rewrite(build)


def _build_endless_sandboxes() -> Attack:
    numbers = itertools.count()
    return rewrite(lambda _: [_answer({"sandboxes": [{"name": f"{next(numbers)}"} for _ in range(50)]})])


LISTS: Final = {"list": lambda client: client.list("connections"), "pages": _list_some}


@pytest.mark.parametrize("call", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("items", [0, 1, 50])
def test_endless_distinct_pages_end_with_the_timeout(call: Call, items: int) -> None:
    trial = try_call("list", _build_endless_pages(items=items), call)

    _require_time(trial)
    assert isinstance(trial.error, FlowServiceError)
    assert not isinstance(trial.error, NoResponse) or not trial.error.may_have_taken_effect


def test_endless_pages_of_sandboxes_end_with_the_timeout() -> None:
    trial = try_call("get", _build_endless_sandboxes(), list_sandboxes)

    _require_time(trial)
    assert isinstance(trial.error, FlowServiceError)


@pytest.mark.parametrize("call", LISTS.values(), ids=LISTS)
def test_page_that_repeats_the_items_of_the_previous_one_ends_the_list(call: Call) -> None:
    trial = try_call("list", _build_endless_pages(items=3, same=True), call)

    assert isinstance(trial.error, UnexpectedResponse)
    assert "a page that was already read" in str(trial.error)


def _require_time(trial: Trial) -> None:
    assert trial.seconds < TIMEOUT + 2.0
