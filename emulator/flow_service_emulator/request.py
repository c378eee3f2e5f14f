"""What the routes take out of a request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from flow_service_emulator.errors import ControlError, FlowServiceError

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator


def emulator_of(request: Request) -> Emulator:
    """The emulator behind the routes."""
    return cast("Emulator", request.app.state.emulator)


async def json_body(request: Request) -> Any:
    """The body as JSON, None where it is empty; raises what Flow Service answers to a body that is none."""
    raw = await request.body()
    try:
        body = json.loads(raw) if raw else None
        # What Python reads but JSON cannot carry (NaN, half a surrogate pair) could never be shown again.
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise FlowServiceError("400", "The request body is not valid JSON") from None
    return body


async def control_body(request: Request) -> dict[str, Any]:
    """The JSON object in the body of a request to a control path; an empty body is an empty object."""
    raw = await request.body()
    try:
        body = json.loads(raw or b"{}")
    except ValueError:
        body = None
    if isinstance(body, dict):
        return body
    message = "the body must be a JSON object"
    raise ControlError(message)
