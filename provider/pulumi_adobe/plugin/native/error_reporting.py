"""How an error reaches the user: as the status of the engine's call, with message and advice, never as a traceback."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import grpc

from pulumi_adobe.plugin.error_reporting import CallStatus, to_shown_error
from pulumi_adobe.plugin.messages import REDACTOR
from pulumi_adobe.plugin.native.messages import show_at
from pulumi_adobe.plugin.partial_failure import DETAILS_KEY
from pulumi_adobe.resource_names import parse_urn

_T = TypeVar("_T")


class StoredFailure(Exception):
    """A partial failure with the details by which the engine stores id, outputs and inputs. Both parts are redacted."""

    def __init__(self, message: str, details: bytes) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


def report_errors(method: Callable[[Any, Any, grpc.ServicerContext], _T]) -> Callable[..., _T]:
    """Decorate a method of the servicer: its messages belong to the resource, and its errors end the call."""

    @wraps(method)
    def report(servicer: Any, request: Any, context: grpc.ServicerContext) -> _T:
        urn = getattr(request, "urn", "")
        with show_at(urn):
            try:
                return method(servicer, request, context)
            except StoredFailure as failure:
                status = CallStatus(grpc.StatusCode.UNKNOWN, failure.message, ((DETAILS_KEY, failure.details),))
                context.abort_with_status(cast(grpc.Status, status))
            except Exception as error:  # noqa: BLE001 - a defect of ours too, whatever it is
                operation = f"{method.__name__} of {parse_urn(urn).name or 'the provider'}"
                context.abort(grpc.StatusCode.UNKNOWN, str(to_shown_error(operation, error, REDACTOR)))
        raise AssertionError  # both ways to abort a call raise

    return report
