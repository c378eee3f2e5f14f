"""What Adobe, or the way to Adobe, answered, named by what the user can do about it.

FlowServiceError
├── AnswerError                an answer with a status that is no success
│   ├── InvalidRequest         400, 422      correct the declaration
│   │   └── InUse              400 + 1418    remove the dataflows first
│   ├── CredentialsRejected    401           correct or renew the credentials
│   ├── AccessDenied           403           ask for access to the organization, the sandbox or the API
│   ├── NotFound               404           refresh: it was deleted outside
│   ├── Conflict               409, 412      refresh: somebody else changed it
│   ├── RateLimited            429           wait, or set a rate limit
│   └── Unavailable            5xx           try again later
├── UnexpectedAnswer           a success that makes no sense, or a redirect: check the address, or report it
├── Unreachable                nothing was sent: check the address, the network, the proxy, the certificates
└── Unanswered                 sent, but no answer came: the change may have taken effect
"""

from __future__ import annotations

from pulumi_adobe.errors import AdobeError


class FlowServiceError(AdobeError):
    """Something between this process and Flow Service failed."""


class ResponseError(FlowServiceError):
    """An answer with a status that is no success."""

    def __init__(  # noqa: PLR0913 - what an answer says
        self,
        what: str,
        hint: str = "",
        *,
        status: int = 0,
        code: str = "",
        text: str = "",
        retry_after: float | None = None,
    ) -> None:
        """Keep the status, Adobe's ``code`` and ``text``, secrets taken out, and the seconds of Retry-After."""
        super().__init__(what, hint)
        self.status = status
        self.code = code
        self.text = text
        self.retry_after = retry_after


class InvalidRequest(ResponseError):
    """Flow Service refuses what the declaration asks for."""


class InUse(InvalidRequest):
    """Dataflows hang on it, so Flow Service does not delete it."""


class CredentialsRejected(ResponseError):
    """Adobe does not accept the credentials."""


class AccessDenied(ResponseError):
    """The credentials are good, but not for this organization, sandbox or API."""


class NotFound(ResponseError):
    """There is no such thing, any more."""


class Conflict(ResponseError):
    """Somebody else changed it since it was last read here."""


class RateLimited(ResponseError):
    """Too many requests, also after waiting as long as the time-out allows."""


class Unavailable(ResponseError):
    """Adobe's side fails, also after trying again."""


class UnexpectedResponse(FlowServiceError):
    """An answer that Flow Service's documentation does not allow for."""


class Unreachable(FlowServiceError):
    """No connection could be made, so nothing was sent."""


class NoResponse(FlowServiceError):
    """The request was sent, but no whole answer came back: it may have taken effect."""
