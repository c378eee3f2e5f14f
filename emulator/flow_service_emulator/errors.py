"""What the emulator refuses, and the body in which Adobe says so.

``EmulatorError`` is the root; ``GatewayError`` comes from the API gateway before Flow Service sees the request,
``TokenError`` from IMS, ``ControlError`` from the emulator's own control paths, ``FlowServiceError`` from Flow Service.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_TITLES: Final = {"FLOW-1439-404": "Resource not found", "FLOW-2120-403": "Forbidden"}
"""The titles that labels.md prints; of other errors the status' own words stand there."""
_OTHER_SERVICES: Final = frozenset({"batches", "dataSets", "files", "mappings", "mappingSets", "schemas", "sandboxes"})
"""Collections of Catalog, Data Access, Data Prep, the Schema Registry and Sandbox Management."""


class EmulatorError(Exception):
    """An answer that is an error: its HTTP status and its JSON body."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        """``body`` is sent as it is."""
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body

    def body_for(self, _request_id: str, _style: str) -> dict[str, Any]:
        """Return the body of the answer to one request; ``style`` is the value of the switch `error_body`."""
        return self.body


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
    """Adobe: labels.md prints the envelope with the code, destinations.yaml only `errorMessage` and `errorDetails`."""

    def __init__(self, code: str, text: str, about: Mapping[str, str] = _NOTHING) -> None:
        """Take the error's words.

        Args:
            code: A code of "Flow Service error codes" (1404-412) or of "Sources error codes" (CONNECTOR-1304-400), or
                a bare status, for which there is no code, and so no envelope.
            text: What is wrong.
            about: Further members of `report`: the id and the type of what was not found.
        """
        super().__init__(int(code.rpartition("-")[2]), {"errorMessage": text, "errorDetails": text})
        self.code = code
        self._text = text
        self._about = about

    def body_for(self, request_id: str, style: str) -> dict[str, Any]:
        """Return the envelope around the message, or the message alone."""
        if style == "plain" or "-" not in self.code:
            return self.body
        name = self.code if self.code.startswith("CONNECTOR-") else f"FLOW-{self.code}"
        return {
            "type": f"https://ns.adobe.com/aep/errors/{name}",
            "title": _TITLES.get(name) or HTTPStatus(self.status).phrase,
            "status": self.status,
            "report": {"detailed-message": self._text, "request-id": request_id, **self._about},
            **self.body,
        }


class NotFoundError(FlowServiceError):
    """Adobe: labels.md for the code of Flow Service's own entities, destinations.yaml for the words.

    The catalogue of codes has 1439 with status 400; what a service sends has 404 in both places.
    """

    def __init__(self, collection: str, entity_id: str) -> None:
        """``collection`` is the path's word: connections, flows."""
        is_own = collection not in _OTHER_SERVICES
        about = {"id": entity_id, "type": collection} if is_own else {}
        super().__init__("1439-404" if is_own else "404", f"{collection} not found with id = [{entity_id}]", about)


class InvalidSpecError(EmulatorError):
    """Adobe: destinations.yaml, POST /connections with a wrong spec id: another shape than the other errors."""

    def __init__(self) -> None:
        """The text is Adobe's, without the id."""
        super().__init__(400, {"message": "Please provide a valid spec id"})


class ContentTypeError(EmulatorError):
    """Adobe: "Experience Platform troubleshooting guide", content-type."""

    def __init__(self) -> None:
        """The type is a placeholder in Adobe's answer, too."""
        detail = "A valid content-type must be specified"
        super().__init__(
            400, {"type": "/placeholder/type/uri", "status": 400, "title": "BadRequestError", "detail": detail}
        )
