"""The errors of the emulator, with the bodies of Adobe's error responses.

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
"""The titles that labels.md prints; other errors have the phrase of their status."""
_OTHER_SERVICES: Final = frozenset({"batches", "dataSets", "files", "mappings", "mappingSets", "schemas", "sandboxes"})
"""Collections of Catalog, Data Access, Data Prep, the Schema Registry and Sandbox Management."""


class EmulatorError(Exception):
    """An error response: its HTTP status and its JSON body."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        """Take the body, which is sent as it is."""
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body

    def build_body(self, _request_id: str, _style: str) -> dict[str, Any]:
        """Return the body of the response; ``style`` is the value of the switch `error_body`."""
        return self.body


class GatewayError(EmulatorError):
    """An error of the API gateway ("Experience Platform troubleshooting guide"); the code begins with the status."""

    def __init__(self, error_code: str, message: str) -> None:
        """Store the error code, which is a text in Adobe's guide, and a number in destinations.yaml."""
        super().__init__(int(error_code[:3]), {"error_code": error_code, "message": message})


class TokenError(EmulatorError):
    """An error of the token endpoint, in the form of RFC 6749, 5.2: Adobe publishes none."""

    def __init__(self, status: int, error: str, description: str) -> None:
        """Take an error code of the RFC."""
        super().__init__(status, {"error": error, "error_description": description})


class ControlError(EmulatorError):
    """An invalid request to a control path."""

    def __init__(self, text: str, status: int = 400) -> None:
        """Take a text that says what a correct request has."""
        super().__init__(status, {"error": text})


class FlowServiceError(EmulatorError):
    """An error of Flow Service: labels.md prints the envelope with the code, destinations.yaml the two texts alone."""

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

    def build_body(self, request_id: str, style: str) -> dict[str, Any]:
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
    """The error of an unknown id: labels.md has the code of Flow Service's own entities, destinations.yaml the text.

    The catalogue of codes has 1439 with status 400; both printed responses have 404.
    """

    def __init__(self, collection: str, entity_id: str) -> None:
        """Take a collection's name in the path, such as `flows`, and the unknown id."""
        is_own = collection not in _OTHER_SERVICES
        about = {"id": entity_id, "type": collection} if is_own else {}
        super().__init__("1439-404" if is_own else "404", f"{collection} not found with id = [{entity_id}]", about)


class InvalidSpecError(EmulatorError):
    """The error of an unknown spec id in `POST /connections`, in a form of its own (destinations.yaml)."""

    def __init__(self) -> None:
        """Take Adobe's text, without the id."""
        super().__init__(400, {"message": "Please provide a valid spec id"})


class ContentTypeError(EmulatorError):
    """The error of a wrong content type ("Experience Platform troubleshooting guide")."""

    def __init__(self) -> None:
        """Take the placeholder of a type that Adobe's response has."""
        detail = "A valid content-type must be specified"
        super().__init__(
            400, {"type": "/placeholder/type/uri", "status": 400, "title": "BadRequestError", "detail": detail}
        )
