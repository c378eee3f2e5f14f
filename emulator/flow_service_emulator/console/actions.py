"""The forms of the console: faults, the clock, and a reset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse, Response

from flow_service_emulator.console import fault_form
from flow_service_emulator.console.fault_page import render_fault_page
from flow_service_emulator.control import clock
from flow_service_emulator.errors import ControlError
from flow_service_emulator.local_only import is_from_own_page
from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request

_PAGES = re.compile(r"/(console/[\w/-]*)?")
_SEE_OTHER, _BAD = 303, 400


async def post_fault(request: Request) -> Response:
    """Add a fault; a form with an error is shown again, with the error and the values."""
    form = await _read_console_form(request)
    try:
        fault = fault_form.parse_fault(form)
    except ValueError as error:
        return render_fault_page(request, form, str(error), _BAD)
    get_emulator(request).faults.add(fault)
    return _redirect_to_page("/console/faults?done=added")


async def remove_waiting_faults(request: Request) -> Response:
    """Remove one waiting fault, or all."""
    form, faults = await _read_console_form(request), get_emulator(request).faults
    if "fault" not in form:
        faults.clear()
        return _redirect_to_page("/console/faults?done=cleared")
    taken = faults.remove(form["fault"])
    return _redirect_to_page(f"/console/faults?done={'taken' if taken else 'gone'}")


async def advance_clock(request: Request) -> Response:
    """Advance the clock, and return to the page of the form."""
    form = await _read_console_form(request)
    seconds = form.get("advance", "")
    if not seconds.isascii() or not seconds.isdecimal():
        raise ControlError("advance is a number of seconds")
    try:
        clock.set_clock(get_emulator(request), {"advance": seconds})
    except ValueError as error:
        raise ControlError(str(error)) from None
    asked_from = form.get("from", "/")
    return _redirect_to_page(asked_from if _PAGES.fullmatch(asked_from) else "/")


async def reset_emulator(request: Request) -> Response:
    """Reset the emulator, as `POST /_emulator/reset` does."""
    await _read_console_form(request)
    get_emulator(request).reset()
    return _redirect_to_page("/")


async def _read_console_form(request: Request) -> dict[str, str]:
    """Return the fields of a form of the console. Raises `ControlError` for any other sender."""
    if not is_from_own_page(request):
        raise ControlError("the console's forms are for its own pages: use the paths below /_emulator", 403)
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))


def _redirect_to_page(path: str) -> Response:
    return RedirectResponse(path, _SEE_OTHER)
