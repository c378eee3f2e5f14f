"""What the routes take out of a request."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from flow_service_emulator.errors import ControlError, FlowServiceError

if TYPE_CHECKING:
    from starlette.requests import Request

    from flow_service_emulator.emulator import Emulator


_MOST_LEVELS = 100
_TOO_DEEP = f"more than {_MOST_LEVELS} levels"


def get_emulator(request: Request) -> Emulator:
    """The emulator behind the routes."""
    return cast("Emulator", request.app.state.emulator)


async def read_json(request: Request) -> Any:
    """The body as JSON, None where it is empty; raises what Flow Service answers to a body that is none."""
    try:
        body = _parse(await request.body())
        # Half a surrogate pair could never be shown again.
        json.dumps(body, ensure_ascii=False).encode()
    except ValueError:
        raise FlowServiceError("400", "The request body is not valid JSON") from None
    return body


async def read_control_body(request: Request) -> dict[str, Any]:
    """The JSON object in the body of a request to a control path; an empty body is an empty object."""
    raw = await request.body()
    try:
        body = _parse(raw) if raw else {}
    except ValueError as error:
        raise ControlError(f"the body must be a JSON object: {error}") from None
    if isinstance(body, dict):
        return body
    raise ControlError("the body must be a JSON object")


def _parse(raw: bytes) -> Any:
    """The JSON of a body, None of an empty one. Raises ``ValueError`` for what JSON cannot carry, and for many levels.

    Python reads NaN, and numbers that are too large as infinite; many levels are more than its stack has.
    """
    try:
        body = json.loads(raw) if raw else None
        json.dumps(body, allow_nan=False)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    if _is_deeper(body, _MOST_LEVELS):
        raise ValueError(_TOO_DEEP)
    return body


def _is_deeper(value: Any, levels: int) -> bool:
    members: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels < 0 or any(_is_deeper(member, levels - 1) for member in members)
