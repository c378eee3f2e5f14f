"""Errors of the HTTP client, by what Adobe, or the network, answered.

FlowServiceError
├── ResponseError              a response whose status is no success
│   ├── InvalidRequest         400, 422
│   │   └── InUse              400 with code 1418: dataflows use the entity
│   ├── CredentialsRejected    401
│   ├── AccessDenied           403: no access to the organization, the sandbox or the API
│   ├── NotFound               404
│   ├── Conflict               409, 412
│   ├── WrongState             423, 425, 400 with code 1416, 1417, 1420, 1421, 1457 or 1458
│   ├── RateLimited            429
│   └── Unavailable            5xx, 408, 499
├── UnexpectedResponse         a success that cannot be used, or a redirect
├── Unreachable                nothing was sent
└── NoResponse                 sent, but no complete response came back
"""

from __future__ import annotations

from pulumi_adobe.errors import AdobeError


class FlowServiceError(AdobeError):
    """A request to Flow Service, or to an API beside it, failed.

    ``is_repeated`` says that the error only refers to an earlier one of the same host, see the module `outages`.
    """

    is_repeated: bool = False


class ResponseError(FlowServiceError):
    """A response whose status is no success."""

    def __init__(  # noqa: PLR0913 - what a response says
        self,
        message: str,
        hint: str = "",
        *,
        status: int = 0,
        code: str = "",
        text: str = "",
        retry_after: float | None = None,
        is_from_service: bool = True,
        api: str = "",
    ) -> None:
        """Keep what the response says.

        Args:
            message: What happened.
            hint: What to do next.
            status: The HTTP status; 0 where nothing was sent.
            code: Adobe's error code, redacted.
            text: Adobe's message, redacted.
            retry_after: The seconds of the Retry-After header.
            is_from_service: Whether the body is a JSON object, as Adobe's errors are; a proxy may send others.
            api: The API of Experience Platform, as its path names it, such as `catalog`; empty for other addresses.
        """
        super().__init__(message, hint)
        self.status = status
        self.code = code
        self.text = text
        self.retry_after = retry_after
        self.is_from_service = is_from_service
        self.api = api


class InvalidRequest(ResponseError):
    """Flow Service refuses the content of the request."""


class InUse(InvalidRequest):
    """Flow Service does not delete a connection that dataflows use."""


class CredentialsRejected(ResponseError):
    """Adobe does not accept the credentials."""


class AccessDenied(ResponseError):
    """The credentials are valid, but not for this organization, sandbox or API."""


class NotFound(ResponseError):
    """No entity has this id, or not any more."""


class Conflict(ResponseError):
    """Flow Service refused a write with 409 or 412: the entity is not in the version or state that the request expects.

    A 412 may be the answer to our own write whose first response was lost.
    """


class WrongState(ResponseError):
    """The state of the entity does not allow the change, most often because Flow Service is still at work on it."""


class RateLimited(ResponseError):
    """Adobe still answers 429 after every retry that the timeout allows."""


class Unavailable(ResponseError):
    """Adobe's side, or a proxy that waited for it, still fails after every retry."""


class UnexpectedResponse(FlowServiceError):
    """A response that Adobe's documentation does not allow, for example a login page with status 200."""

    def __init__(self, message: str, hint: str = "", *, from_token_endpoint: bool = False) -> None:
        """Keep whether the token endpoint sent the response; else an Experience Platform API did."""
        super().__init__(message, hint)
        self.from_token_endpoint = from_token_endpoint


class Unreachable(FlowServiceError):
    """The request was not sent: no connection could be made, or no time was left."""

    def __init__(
        self, message: str, hint: str = "", *, is_out_of_time: bool = False, is_loopback: bool = False
    ) -> None:
        """Keep whether the timeout ended before the request was sent, and whether it was for this machine."""
        super().__init__(message, hint)
        self.is_out_of_time = is_out_of_time
        self.is_loopback = is_loopback


class NoResponse(FlowServiceError):
    """The request was sent, but no complete response came back."""

    def __init__(self, message: str, hint: str = "", *, may_have_taken_effect: bool = True) -> None:
        """Keep whether the request may have changed something; a read or a token request cannot."""
        super().__init__(message, hint)
        self.may_have_taken_effect = may_have_taken_effect
