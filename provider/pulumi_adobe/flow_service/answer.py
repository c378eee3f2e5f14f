"""Reads an answer: its JSON where it is a success, else the error that it stands for.

Shapes of error bodies: facts from destinations.yaml, troubleshooting.md and sources/errors/flow-service-errors.md.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.clock import parse_http_date
from pulumi_adobe.flow_service.retry import parse_retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MESSAGE_KEYS = ("errorMessage", "message", "error_description", "detail", "title", "error")
_CODE_KEYS = ("error_code", "errorCode", "code")
_MAX_MESSAGE_LENGTH = 400
_MAX_CODE_LENGTH = 60
_MAX_SEARCHED_LENGTH = 20_000
"""Characters of a body that are searched for its text: taking markup out of megabytes of it takes minutes."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""The escape of half a character; `\\ud55c`, as other texts have it, is a whole one."""

_NOT_FOUND = 404
_JSON_STARTS = ("{", "[", '"')
_IMS_PATH = "/ims/"
"""Paths of the token endpoint, which has an address of its own."""

_ERRORS_BY_CODE: dict[str, type[errors.ResponseError]] = {
    "1418": errors.InUse,
    "403010": errors.CredentialsRejected,
    "403000": errors.CredentialsRejected,
    "403003": errors.CredentialsRejected,
    **dict.fromkeys(("2100", "2101", "2103", "2106", "2000"), errors.AccessDenied),
}
"""Adobe's codes that say more than the status: the gateway answers 403 for a missing token or a wrong API key, and a
404 for a sandbox that does not exist must never be taken for a connection that is gone; a 401 with 2000 is a good token
without access to the organization."""

_ERRORS_BY_STATUS: dict[int, type[errors.ResponseError]] = {
    400: errors.InvalidRequest,
    401: errors.CredentialsRejected,
    403: errors.AccessDenied,
    404: errors.NotFound,
    409: errors.Conflict,
    412: errors.Conflict,
    422: errors.InvalidRequest,
    429: errors.RateLimited,
}

_HINTS: dict[type[errors.ResponseError], str] = {
    errors.InvalidRequest: "Correct the declaration; nothing was changed.",
    errors.InUse: "Dataflows use this connection: delete them first. Nothing was changed.",
    errors.CredentialsRejected: (
        "Check ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET (or adobe:clientId and adobe:clientSecret); where a ready "
        "access token is used (ADOBE_ACCESS_TOKEN, adobe:accessToken), it may have expired: they live for 24 hours."
    ),
    errors.AccessDenied: (
        "Check adobe:orgId and adobe:sandbox, and that the project in Adobe's Developer Console has the Experience "
        "Platform API and a product profile that may manage sources in this sandbox."
    ),
    errors.NotFound: "It was deleted outside of this stack: run `pulumi refresh`, then `pulumi up` to make it again.",
    errors.Conflict: (
        "It was changed outside of this stack: run `pulumi refresh` to see by `pulumi preview --diff` what differs, "
        "then `pulumi up`."
    ),
    errors.RateLimited: "Wait, or set adobe:requestsPerSecond to stay below Adobe's limit.",
    errors.Unavailable: "Adobe's side fails; try again later.",
}


@dataclass(frozen=True)
class Response:
    """An HTTP answer as it came, to the request that ``asked`` names (method and path)."""

    request_name: str
    status: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_success(self) -> bool:
        """Whether the status says that the request did what it was sent for."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the range is HTTP's own

    @property
    def retry_after(self) -> float | None:
        """The seconds that the service asks to wait, or None."""
        return parse_retry_after(self._get_header("retry-after"), self.date)

    @property
    def date(self) -> datetime | None:
        """What time it was by the service's own clock, to the second; None where it does not say."""
        return parse_http_date(self._get_header("date"))

    def json(self) -> Any:
        """The body as JSON, or None where it is none.

        Stricter than Python's own reading: what the engine cannot store must not come as far as the state.
        """
        try:
            value = json.loads(self.text, parse_constant=_reject_constant, parse_float=_parse_finite_number)
            if _SURROGATE.search(self.text):
                # Half of a pair of escapes is no character.
                value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return None
        return value

    def json_object(self, redact: Callable[[str], str]) -> dict[str, Any]:
        """The JSON object of a success; any other body of a success is an `UnexpectedAnswer`."""
        body = self.json()
        if isinstance(body, dict):
            return body
        raise self.to_unexpected_response("which is no JSON object", redact)

    def to_unexpected_response(self, why: str, redact: Callable[[str], str]) -> errors.UnexpectedResponse:
        """The error for a success that cannot be used."""
        message = f"{self.request_name} answered {self.status} {why}: {self._extract_message(redact)[0]}{self._format_request_id(redact)}"
        return errors.UnexpectedResponse(message, f"Check {self._name_address_setting()}, without a login page or a proxy in the way?")

    def _name_address_setting(self) -> str:
        if self._is_from_token_endpoint:
            return "adobe:imsEndpoint: is it the address of Adobe's IMS"
        return "adobe:endpoint: is it Experience Platform's address"

    def to_error(
        self, redact: Callable[[str], str], error_class: type[errors.ResponseError] | None = None
    ) -> errors.FlowServiceError:
        """The error that this answer stands for; ``redact`` takes the known secrets out of what Adobe said.

        ``kind`` is given where the caller knows better than the status.
        """
        if 300 <= self.status < 400:  # noqa: PLR2004 - the range is HTTP's own
            return self.to_unexpected_response(f"(a redirect to {redact(self._describe_redirect_host())}, which is not followed)", redact)
        if self.status == _NOT_FOUND and not isinstance(self.json(), dict):
            # Gone by the word of a proxy's page or a wrong address, a connection would be dropped from the state.
            return self.to_unexpected_response("without the JSON object of Flow Service's own errors", redact)
        adobe_message, code = self._extract_message(redact)
        error_class = error_class or _ERRORS_BY_CODE.get(code.partition("-")[0]) or _ERRORS_BY_STATUS.get(self.status) or _error_class_for_status(self.status)
        code_suffix = f" (code {code})" if code else ""
        message = f"{self.request_name} answered {self.status}: {adobe_message}{code_suffix}{self._format_request_id(redact)}"
        return error_class(message, _HINTS[error_class], status=self.status, code=code, text=adobe_message, retry_after=self.retry_after)

    def _extract_message(self, redact: Callable[[str], str]) -> tuple[str, str]:
        """Adobe's text and code. Secrets go first: of one cut off by the shortening, a half would be left."""
        body = self.json()
        if not isinstance(body, dict):
            return self._describe_unparsed_body(redact) if body is None else f"a JSON {type(body).__name__}", ""
        text, code = _find_first_text(body, _MESSAGE_KEYS), _find_first_text(body, _CODE_KEYS)
        report = body.get("report")
        detail = _find_first_text(report, ("detailed-message",)) if isinstance(report, dict) else ""
        text = ": ".join(filter(None, (text, detail)))
        # Not the body itself: an entity carries its credentials.
        keys = ", ".join(str(key) for key in body) or "nothing"
        return _to_plain_line(redact(text or f"a JSON object with {keys} in it")), redact(code)[:_MAX_CODE_LENGTH]

    def _describe_unparsed_body(self, redact: Callable[[str], str]) -> str:
        """What is no JSON is most often a proxy's page, which says why.

        Of damaged JSON nothing is shown: it may hold a secret that nobody knows yet, or half of one. No more of what
        the token endpoint sends with a success.
        """
        if self.text.lstrip().startswith(_JSON_STARTS) or (self.is_success and self._is_from_token_endpoint):
            return f"{len(self.text)} characters that are no JSON"
        return _to_plain_line(redact(self.text))

    @property
    def _is_from_token_endpoint(self) -> bool:
        return self.request_name.partition(" ")[2].startswith(_IMS_PATH)

    def _get_header(self, name_in_lower_case: str) -> str:
        return next((value for name, value in self.headers.items() if name.lower() == name_in_lower_case), "")

    def _format_request_id(self, redact: Callable[[str], str]) -> str:
        request_id = redact(self._get_header("x-request-id"))[:_MAX_CODE_LENGTH]
        return f" (request id {request_id})" if request_id else ""

    def _describe_redirect_host(self) -> str:
        """Scheme and host alone: the rest of an address may hold a password or a session."""
        location = self._get_header("location")
        try:
            parts = urlsplit(location)
            host = parts.hostname
        except ValueError:
            return "an address that makes no sense"
        if host:
            return f"{parts.scheme}://{host}" if parts.scheme else host
        return "another path of the same host" if location else "nowhere"


def _reject_constant(constant: str) -> NoReturn:
    raise ValueError(f"RFC 8259 knows no {constant}")


def _parse_finite_number(number: str) -> float:
    value = float(number)
    return value if math.isfinite(value) else _reject_constant(number)


def _error_class_for_status(status: int) -> type[errors.ResponseError]:
    return errors.Unavailable if status >= 500 else errors.InvalidRequest  # noqa: PLR2004 - the range is HTTP's own


def _find_first_text(body: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """The first of these that says something. An object or a list says nothing: it may be the request sent back."""
    return next((str(body[key]) for key in keys if body.get(key) and isinstance(body[key], (str, int))), "")


def _to_plain_line(text: str) -> str:
    """One short line without markup: a proxy's HTML page says little and says it long."""
    without_tags = re.sub(r"(?is)<(style|script)\b.*?</\1>|<[^<>]*>", " ", text[:_MAX_SEARCHED_LENGTH])
    line = " ".join(without_tags.split())
    return (line[:_MAX_MESSAGE_LENGTH] + "…") if len(line) > _MAX_MESSAGE_LENGTH else line or "an empty body"
