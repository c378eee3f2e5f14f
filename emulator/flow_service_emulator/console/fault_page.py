"""The page of faults: those that wait, and the form for one more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flow_service_emulator.console import fault_form, page
from flow_service_emulator.console.masking import masked
from flow_service_emulator.faults import CUTS, Fault
from flow_service_emulator.request import get_emulator
from flow_service_emulator.switches import SWITCHES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_BLANK = dict.fromkeys(("path", "status", "retryAfter", "delayMs"), "") | {
    "method": "*",
    "cut": "",
    "nth": "1",
    "times": "1",
}
_DONE = {
    "added": "The fault waits for its request.",
    "taken": "The fault is taken back.",
    "cleared": "All faults are taken back.",
    "gone": "Nothing was taken back: the fault has met a request in the meantime.",
}


def fault_page(request: Request, form: Mapping[str, str], problem: str = "", status: int = 200) -> Response:
    """``form`` is what its fields hold, ``problem`` what is wrong with them."""
    emulator = get_emulator(request)
    switches = emulator.switches.all()
    return page.answer(
        request,
        "Faults",
        "faults.html",
        status,
        rows=[_row(each) for each in emulator.faults.waiting()],
        form={**_BLANK, **form},
        problem=problem,
        done=_DONE.get(request.query_params.get("done", ""), ""),
        methods=fault_form.METHODS,
        paths=fault_form.PATHS,
        presets=fault_form.PRESETS,
        cuts=CUTS,
        turned=[(each, switches[each.name]) for each in SWITCHES if switches[each.name] != each.default],
    )


def _row(fault: Fault) -> dict[str, Any]:
    return {
        "route": fault.route,
        "does": fault_form.described(fault),
        "counted": fault_form.counted(fault),
        "body": masked(fault.body),
        "mark": fault.mark,
    }
