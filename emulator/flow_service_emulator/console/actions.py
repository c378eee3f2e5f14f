"""What the console does: faults, the clock, and a reset. Everything else it only shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse, Response

from flow_service_emulator.console import fault_form
from flow_service_emulator.console.fault_page import fault_page
from flow_service_emulator.control import clock
from flow_service_emulator.errors import ControlError
from flow_service_emulator.local_only import came_from_a_page
from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request

_PAGES = re.compile(r"/(console/[\w/-]*)?")
_SEE_OTHER, _BAD = 303, 400


async def post_fault(request: Request) -> Response:
    """Switch one on; a form that makes no sense comes back with what is wrong, and with what was written."""
    form = await _form(request)
    try:
        fault = fault_form.fault_of(form)
    except ValueError as error:
        return fault_page(request, form, str(error), _BAD)
    get_emulator(request).faults.add(fault)
    return _to("/console/faults?done=added")


async def take_back(request: Request) -> Response:
    """Take back one that waits, or all."""
    form, faults = await _form(request), get_emulator(request).faults
    if "fault" not in form:
        faults.clear()
        return _to("/console/faults?done=cleared")
    taken = faults.take_back(form["fault"])
    return _to(f"/console/faults?done={'taken' if taken else 'gone'}")


async def turn_clock(request: Request) -> Response:
    """Let time go on, then back to the page that asked."""
    form = await _form(request)
    seconds = form.get("advance", "")
    if not seconds.isascii() or not seconds.isdecimal():
        raise ControlError("advance is a number of seconds")
    try:
        clock.turn(get_emulator(request), {"advance": seconds})
    except ValueError as error:
        raise ControlError(str(error)) from None
    asked_from = form.get("from", "/")
    return _to(asked_from if _PAGES.fullmatch(asked_from) else "/")


async def reset(request: Request) -> Response:
    """Forget everything, as `POST /_emulator/reset` does."""
    await _form(request)
    get_emulator(request).reset()
    return _to("/")


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that one of our own pages has sent; raises ``ControlError`` for any other sender."""
    if not came_from_a_page(request):
        raise ControlError("the console's forms are for its own pages: use the paths below /_emulator", 403)
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))


def _to(path: str) -> Response:
    return RedirectResponse(path, _SEE_OTHER)
