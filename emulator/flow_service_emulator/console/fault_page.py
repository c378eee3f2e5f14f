"""The page of the waiting faults, with the form for one more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flow_service_emulator.console import fault_form, page
from flow_service_emulator.console.masking import mask_json
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


def render_fault_page(request: Request, form: Mapping[str, str], problem: str = "", status: int = 200) -> Response:
    """Return the page with the waiting faults and a form with these values; ``problem`` is the error of the form."""
    emulator = get_emulator(request)
    switches = emulator.switches.all()
    return page.render_page(
        request,
        "Faults",
        "faults.html",
        status,
        rows=[_build_fault_row(fault) for fault in emulator.faults.list_waiting()],
        form={**_BLANK, **form},
        problem=problem,
        done=_DONE.get(request.query_params.get("done", ""), ""),
        methods=fault_form.METHODS,
        paths=fault_form.PATHS,
        presets=fault_form.PRESETS,
        cuts=CUTS,
        changed_switches=[
            (switch, switches[switch.name]) for switch in SWITCHES if switches[switch.name] != switch.default
        ],
    )


def _build_fault_row(fault: Fault) -> dict[str, Any]:
    return {
        "route": fault.route,
        "effect": fault_form.describe_fault(fault),
        "count": fault_form.describe_affected_requests(fault),
        "body": mask_json(fault.body),
        "mark": fault.mark,
    }
