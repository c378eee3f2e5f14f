"""What the emulator refuses, and the body in which Adobe says so.

``EmulatorError`` is the root; ``GatewayError`` comes from the API gateway before Flow Service sees the request,
``TokenError`` from IMS, ``ControlError`` from the emulator's own control paths, ``FlowServiceError`` from Flow Service.
"""

from __future__ import annotations

from typing import Any


class EmulatorError(Exception):
    """An answer that is an error: its HTTP status and its JSON body."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        """``body`` is sent as it is."""
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


class GatewayError(EmulatorError):
    """Adobe: "Experience Platform troubleshooting guide"; the status is the first three digits of the code."""

    def __init__(self, error_code: str, message: str) -> None:
        """``error_code`` is a string there, and a number in destinations.yaml."""
        super().__init__(int(error_code[:3]), {"error_code": error_code, "message": message})


class TokenError(EmulatorError):
    """RFC 6749, 5.2: Adobe publishes no error body of its token endpoint."""

    def __init__(self, status: int, error: str, description: str) -> None:
        """``error`` is one of the RFC's words."""
        super().__init__(status, {"error": error, "error_description": description})


class ControlError(EmulatorError):
    """A request to a control path that makes no sense."""

    def __init__(self, text: str, status: int = 400) -> None:
        """``text`` says what would have been right."""
        super().__init__(status, {"error": text})


class FlowServiceError(EmulatorError):
    """Adobe: the samples of destinations.yaml. ``errorCode`` is ours: no document shows where the code stands."""

    def __init__(self, code: str, text: str) -> None:
        """``code`` is of "Flow Service error codes", such as 1404-412, or a bare status that has none there."""
        body = {"errorMessage": text, "errorDetails": text}
        super().__init__(int(code.rpartition("-")[2]), body | ({"errorCode": code} if "-" in code else {}))


class NotFoundError(FlowServiceError):
    """Adobe: destinations.yaml; the catalogue has no code for it (1101-404 is the provider's, 1439-400 the flows')."""

    def __init__(self, collection: str, entity_id: str) -> None:
        """``collection`` is the path's word: connections, flows."""
        super().__init__("404", f"{collection} not found with id = [{entity_id}]")


class LabelError(EmulatorError):
    """Adobe: labels.md, the envelope of the errors of a caller without the label."""

    def __init__(self, code: str, title: str, text: str, entity_id: str, kind: str) -> None:
        """``code`` is FLOW-1439-404 or FLOW-2120-403."""
        status = int(code.rpartition("-")[2])
        report = {"detailed-message": text, "id": entity_id, "request-id": "emulated", "type": kind}
        envelope = {"type": f"https://ns.adobe.com/aep/errors/{code}", "title": title, "status": status}
        super().__init__(status, {**envelope, "report": report, "errorMessage": text, "errorDetails": text})


class InvalidSpecError(EmulatorError):
    """Adobe: destinations.yaml, POST /connections with a wrong spec id: another shape than the other errors."""

    def __init__(self) -> None:
        """The text is Adobe's, without the id."""
        super().__init__(400, {"message": "Please provide a valid spec id", "errorCode": "1413-400"})


class ContentTypeError(EmulatorError):
    """Adobe: "Experience Platform troubleshooting guide", content-type."""

    def __init__(self) -> None:
        """The type is a placeholder in Adobe's answer, too."""
        detail = "A valid content-type must be specified"
        super().__init__(
            400, {"type": "/placeholder/type/uri", "status": 400, "title": "BadRequestError", "detail": detail}
        )
