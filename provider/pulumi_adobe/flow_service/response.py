"""An HTTP response: its JSON where it is a success, else the error that it stands for.

Adobe: the shapes of error bodies are in destinations.yaml, troubleshooting.md and
sources/errors/flow-service-errors.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.clock import parse_http_date
from pulumi_adobe.flow_service.retry import parse_retry_after
from pulumi_adobe.json_values import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MESSAGE_KEYS = ("errorMessage", "message", "error_description", "detail", "title", "error")
_CODE_KEYS = ("error_code", "errorCode", "code")
_ERROR_TYPE = re.compile(r"https?://[^/]+/aep/errors/(?:FLOW-)?([A-Z]*-?\d+-\d{3})")
"""The type of Flow Service's error envelope, which ends with the code (labels.md): `…/aep/errors/FLOW-1418-400`."""
_MAX_MESSAGE_LENGTH = 400
_MAX_CODE_LENGTH = 60
_MAX_CONTAINERS = 150_000
"""The most objects and arrays in a response; a page of a thousand connections has about 20,000."""
_MAX_VALUES = 400_000
"""The most values in a response."""
_MAX_SEARCHED_LENGTH = 20_000
"""Characters of a body that are searched for a message: removing the markup of megabytes takes minutes."""

_NOT_FOUND = 404
_SERVER_ERROR = 500
_MARKUP = re.compile(r"\s*<")
_JSON_PARTS = re.compile(r"""^\W*[{\["]|[{\[]\s*\\*["']|["']\s*:""")
"""What JSON has and a sentence has not: a bracket or a quote at its start, or members and their names."""

_ELEMENTS = re.compile(r"(?is)<(style|script)\b(?:(?!<(?:style|script)\b).)*?</\1>|<[^<>]*>")
"""Scripts, styles and tags. A script ends before the next one begins, or each of many beginnings would be the start of
a search through all the rest."""

_IMS_PATH = "/ims/"
"""The start of the token endpoint's path, which has an address of its own."""

_API_PATH = "/data/foundation/"
"""The start of the path of each API of Experience Platform; the name of the API follows."""

_ERRORS_BY_CODE: dict[str, type[errors.ResponseError]] = {
    "1418": errors.InUse,
    **dict.fromkeys(("1416", "1417", "1420", "1421", "1457", "1458"), errors.WrongState),
    "403010": errors.CredentialsRejected,
    "403000": errors.CredentialsRejected,
    "403003": errors.CredentialsRejected,
    **dict.fromkeys(("2100", "2101", "2103", "2106", "2000"), errors.AccessDenied),
}
"""Adobe's error codes that say more than the status.

The gateway answers 403 for a missing token or a wrong API key. A 404 for a sandbox that does not exist must never be
taken for a deleted connection. A 401 with code 2000 is a valid token without access to the organization."""

_ERRORS_BY_STATUS: dict[int, type[errors.ResponseError]] = {
    400: errors.InvalidRequest,
    401: errors.CredentialsRejected,
    403: errors.AccessDenied,
    404: errors.NotFound,
    408: errors.Unavailable,
    409: errors.Conflict,
    412: errors.Conflict,
    422: errors.InvalidRequest,
    423: errors.WrongState,
    425: errors.WrongState,
    429: errors.RateLimited,
    499: errors.Unavailable,
}


@dataclass(frozen=True)
class Response:
    """An HTTP response as it was received.

    ``request_name`` is the method and the path of the request, ``proxy`` the host and the port of the proxy, if any.
    """

    request_name: str
    status: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    proxy: str = ""

    @property
    def is_success(self) -> bool:
        """Whether the status is a success."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the range is HTTP's own

    @property
    def is_unreadable_refusal(self) -> bool:
        """Whether this is a 404 that is not Flow Service's own, because it has no JSON object.

        A proxy's page or a wrong address must not count as a deleted connection: the caller would forget it.
        """
        return self.status == _NOT_FOUND and not isinstance(self.json(), dict)

    @property
    def retry_after(self) -> float | None:
        """The seconds to wait that the service asks for, or None."""
        return parse_retry_after(self._get_header("retry-after"), self.date)

    @property
    def date(self) -> datetime | None:
        """The time by the service's own clock, to the second; None where the response has no date."""
        return parse_http_date(self._get_header("date"))

    def json(self) -> Any:
        """Return the body as JSON, or None where it is no JSON.

        JSON that consists of very many tiny values, which take far more memory than their text, is refused.
        """
        containers = self.text.count("{") + self.text.count("[")
        if containers > _MAX_CONTAINERS or containers + self.text.count(",") > _MAX_VALUES:
            return None
        try:
            return parse_json(self.text)
        except ValueError:
            return None

    def json_object(self, redact: Callable[[str], str]) -> dict[str, Any]:
        """Return the body of a success as a JSON object.

        Args:
            redact: Removes the known secrets from a text.

        Raises:
            errors.UnexpectedResponse: The body is no JSON object.
        """
        body = self.json()
        if isinstance(body, dict):
            return body
        raise self.to_unexpected_response("which is not a JSON object", redact)

    def to_unexpected_response(self, reason: str, redact: Callable[[str], str]) -> errors.UnexpectedResponse:
        """Return the error for a response that cannot be used; ``reason`` continues "<request> answered <status>"."""
        adobe_message, _ = self._extract_message(redact)
        request_id = self._format_request_id(redact)
        proxy = f" (through the proxy {self.proxy})" if self.proxy else ""
        message = f"{self.request_name} answered {self.status} {reason}: {adobe_message}{request_id}{proxy}"
        return errors.UnexpectedResponse(message, from_token_endpoint=self._is_from_token_endpoint)

    def to_error(
        self, redact: Callable[[str], str], error_class: type[errors.ResponseError] | None = None
    ) -> errors.FlowServiceError:
        """Return the error that this response stands for.

        Args:
            redact: Removes the known secrets from Adobe's message.
            error_class: The class of the error, where the caller knows better than status and code.
        """
        if 300 <= self.status < 400:  # noqa: PLR2004 - the range is HTTP's own
            target = redact(self._describe_redirect_host())
            return self.to_unexpected_response(f"(a redirect to {target}, which is not followed)", redact)
        if self.is_unreadable_refusal:
            return self.to_unexpected_response("without the JSON object of Flow Service's own errors", redact)
        adobe_message, code = self._extract_message(redact)
        code_suffix = f" (code {code})" if code else ""
        request_id = self._format_request_id(redact)
        return (error_class or self._select_error_class(code, adobe_message))(
            f"{self.request_name} answered {self.status}: {adobe_message}{code_suffix}{request_id}",
            status=self.status,
            code=code,
            text=adobe_message,
            retry_after=self.retry_after,
            is_from_service=isinstance(self.json(), dict),
            api=_find_api(self.request_name),
        )

    def _select_error_class(self, code: str, adobe_message: str) -> type[errors.ResponseError]:
        if self.status == _NOT_FOUND and not code and "sandbox" in adobe_message.lower():
            # Some errors have no code (destinations.yaml), and a missing sandbox is no deleted connection.
            return errors.AccessDenied
        return (
            _ERRORS_BY_CODE.get(code.partition("-")[0])
            or _ERRORS_BY_STATUS.get(self.status)
            or (errors.Unavailable if self.status >= _SERVER_ERROR else errors.InvalidRequest)
        )

    def _extract_message(self, redact: Callable[[str], str]) -> tuple[str, str]:
        """Return Adobe's message and code, redacted before they are shortened, which could leave half a secret."""
        body = self.json()
        if not isinstance(body, dict):
            return self._describe_unparsed_body(redact) if body is None else f"a JSON {type(body).__name__}", ""
        text, code = _find_first_text(body, _MESSAGE_KEYS), _find_code(body)
        detail = _find_first_text(_get_report(body), ("detailed-message",))
        text = ": ".join(filter(None, (text, detail if detail != text else "")))
        # The names of its members only: the body of an entity has its credentials.
        keys = ", ".join(str(key) for key in body) or "nothing"
        return _to_plain_line(redact(text or f"a JSON object with {keys} in it")), redact(code)[:_MAX_CODE_LENGTH]

    def _describe_unparsed_body(self, redact: Callable[[str], str]) -> str:
        """Return the text of a body that is no JSON, which most often is a proxy's page that gives a reason.

        Of damaged JSON, or a success of the token endpoint, only the length is shown: the body may have a secret that
        the redactor does not know yet, or half of one.
        """
        is_declared_json = "json" in self._get_header("content-type").lower() and not _MARKUP.match(self.text)
        is_token = self.is_success and self._is_from_token_endpoint
        if is_declared_json or is_token or _is_damaged_json(self.text):
            return f"{len(self.text)} characters that are not JSON"
        return _to_plain_line(redact(self.text))

    @property
    def _is_from_token_endpoint(self) -> bool:
        return self.request_name.partition(" ")[2].startswith(_IMS_PATH)

    def _get_header(self, lower_case_name: str) -> str:
        return next((value for name, value in self.headers.items() if name.lower() == lower_case_name), "")

    def get_request_id(self, redact: Callable[[str], str]) -> str:
        """Return Adobe's id of the request, for questions to Adobe's support; empty where there is none."""
        return redact(self._get_header("x-request-id") or self._find_reported_id())[:_MAX_CODE_LENGTH]

    def _find_reported_id(self) -> str:
        """Return the id in an error's report (labels.md); empty where there is none."""
        body = None if self.is_success else self.json()
        return _find_first_text(_get_report(body), ("request-id",)) if isinstance(body, dict) else ""

    def _format_request_id(self, redact: Callable[[str], str]) -> str:
        request_id = self.get_request_id(redact)
        return f" (request id {request_id})" if request_id else ""

    def _describe_redirect_host(self) -> str:
        """Return scheme and host only: the rest of the address may have a password or a session id."""
        location = self._get_header("location")
        try:
            parts = urlsplit(location)
            host = parts.hostname
        except ValueError:
            return "an invalid address"
        if host:
            return f"{parts.scheme}://{host}" if parts.scheme else host
        return "another path of the same host" if location else "no address"


def _find_api(request_name: str) -> str:
    """Return the API of a request such as `GET /data/foundation/catalog/dataSets`: `catalog`."""
    path = request_name.partition(" ")[2]
    return path.removeprefix(_API_PATH).partition("/")[0] if path.startswith(_API_PATH) else ""


def _find_code(body: Mapping[str, Any]) -> str:
    """Return the code of an error body, without the prefix of Flow Service's own codes; empty where there is none."""
    match = _ERROR_TYPE.fullmatch(_find_first_text(body, ("type",)))
    return _find_first_text(body, _CODE_KEYS).removeprefix("FLOW-") or (match[1] if match else "")


def _get_report(body: Mapping[str, Any]) -> Mapping[str, Any]:
    report = body.get("report")
    return report if isinstance(report, dict) else {}


def _find_first_text(body: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first member with a text; an object or a list does not count, as it may echo the request."""
    return next((str(body[key]) for key in keys if body.get(key) and isinstance(body[key], (str, int))), "")


def _is_damaged_json(text: str) -> bool:
    """Return whether the text, without its markup, has parts of JSON, be it in a wrong charset or inside a page."""
    return _JSON_PARTS.search(_remove_markup(text).replace("\0", "")) is not None


def _remove_markup(text: str) -> str:
    return _ELEMENTS.sub(" ", text[:_MAX_SEARCHED_LENGTH])


def _to_plain_line(text: str) -> str:
    """Return the text as one short line without markup, as a proxy's HTML page needs it."""
    line = " ".join(_remove_markup(text).split())
    return (line[:_MAX_MESSAGE_LENGTH] + "…") if len(line) > _MAX_MESSAGE_LENGTH else line or "an empty body"
