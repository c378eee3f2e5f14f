"""Reading the emulator and the JSON body from a request."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from flow_service_emulator.errors import ControlError, FlowServiceError

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator


_MAX_LEVELS = 100
_TOO_DEEP = f"more than {_MAX_LEVELS} levels"


def get_emulator(request: Request) -> Emulator:
    """Return the emulator behind the routes."""
    return cast("Emulator", request.app.state.emulator)


async def read_json(request: Request) -> Any:
    """Return the body as JSON, None for an empty one. Raises Flow Service's error for invalid JSON."""
    try:
        body = _parse_json(await request.body())
        # Half a surrogate pair cannot be encoded in a response.
        json.dumps(body, ensure_ascii=False).encode()
    except ValueError:
        raise FlowServiceError("400", "The request body is not valid JSON") from None
    return body


async def read_control_body(request: Request) -> dict[str, Any]:
    """Return the JSON object in the body of a request to a control path; an empty body is an empty object."""
    raw = await request.body()
    try:
        body = _parse_json(raw) if raw else {}
    except ValueError as error:
        raise ControlError(f"the body must be a JSON object: {error}") from None
    if isinstance(body, dict):
        return body
    raise ControlError("the body must be a JSON object")


def _parse_json(raw: bytes) -> Any:
    """Return the JSON of a body, None for an empty one. Raises `ValueError` for invalid JSON, and for too many levels.

    Python reads NaN, and numbers that are too large as infinite; too many levels exceed its stack.
    """
    try:
        body = json.loads(raw) if raw else None
        json.dumps(body, allow_nan=False)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    if _is_deeper(body, _MAX_LEVELS):
        raise ValueError(_TOO_DEEP)
    return body


def _is_deeper(value: Any, levels: int) -> bool:
    members: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels < 0 or any(_is_deeper(member, levels - 1) for member in members)
