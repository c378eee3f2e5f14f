"""The debug log: one line for each HTTP round trip, redacted. It is silent until `configure_logging` turns it on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from pulumi_adobe.flow_service.send_errors import SendError
from pulumi_adobe.printable import escape_controls

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.redaction import Redactor
    from pulumi_adobe.flow_service.request import Request
    from pulumi_adobe.flow_service.response import Response

DEBUG_LEVEL: Final = "debug"

_PACKAGE_LOGGER = logging.getLogger("pulumi_adobe")
# Without it, Python would print warnings of the package to stderr by default.
_PACKAGE_LOGGER.addHandler(logging.NullHandler())
_LOGGER = logging.getLogger("pulumi_adobe.flow_service")
_CONFIGURATION_LOCK = Lock()


class _RedactingFormatter(logging.Formatter):
    """A formatter that removes the secrets of every client of this process, from tracebacks too."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self.redactors: list[Redactor] = []

    def format(self, record: logging.LogRecord) -> str:
        """Return the redacted line of a record."""
        line = super().format(record)
        for redactor in self.redactors:
            line = redactor.redact(line)
        return escape_controls(line)


class _DebugHandler(logging.StreamHandler):  # type: ignore[type-arg] # not generic at run time
    """The handler of this module, which distinguishes it from those of the host program."""

    def __init__(self) -> None:
        super().__init__()
        self.redacting_formatter = _RedactingFormatter()
        self.setFormatter(self.redacting_formatter)


def configure_logging(level: str, redactor: Redactor) -> None:
    """Write the log of this package to stderr if ``level`` is `DEBUG_LEVEL`; any other level changes nothing.

    The handler is attached once for the process. Each further call adds its redactor, so that no client's secret is
    shown by another one's record.
    """
    if level != DEBUG_LEVEL:
        return
    with _CONFIGURATION_LOCK:
        handler = next((known for known in _PACKAGE_LOGGER.handlers if isinstance(known, _DebugHandler)), None)
        if handler is None:
            handler = _DebugHandler()
            _PACKAGE_LOGGER.addHandler(handler)
            _PACKAGE_LOGGER.setLevel(logging.DEBUG)
        if redactor not in handler.redacting_formatter.redactors:
            handler.redacting_formatter.redactors.append(redactor)


def log_round_trip(
    request: Request, result: Response | SendError, seconds: float, redact: Callable[[str], str]
) -> None:
    """Log one attempt to send a request: never a body, and no header but the request id.

    Args:
        request: The request.
        result: The response, or why none came.
        seconds: How long the attempt took.
        redact: Removes the known secrets of the client.
    """
    if not _LOGGER.isEnabledFor(logging.DEBUG):
        return
    query = f"?{urlencode(request.query)}" if request.query else ""
    if isinstance(result, SendError):
        outcome, request_id = f"{result.failure.name} ({result.reason})", ""
    else:
        outcome, request_id = str(result.status), result.get_request_id(redact)
    line = f"{request.name}{query} -> {outcome}, attempt {request.attempt}, {seconds * 1000:.0f} ms"
    _LOGGER.debug("%s", escape_controls(redact(f"{line}, request id {request_id}" if request_id else line)))
