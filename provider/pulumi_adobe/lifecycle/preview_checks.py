"""Checks that ask the service before anything is written, and how certain their outcome is.

A check fails the preview if the service's answer is about the declared value, `up` would send the same request with the
same credential, and this program changes nothing that the answer depends on. Everything else is one warning for each
subject, such as a base connection: a refused look-up, a stopped cluster, an answer that says nothing about the declared
value, or no answer.

Adobe: "Experience Platform troubleshooting guide" (gateway errors); "Flow Service error codes" 2000 to 2106.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Final, TypeVar

from pulumi_adobe.advice import advise
from pulumi_adobe.flow_service.errors import (
    CredentialsRejected,
    FlowServiceError,
    InvalidRequest,
    NotFound,
    ResponseError,
    Unreachable,
)
from pulumi_adobe.lifecycle.errors import NotChecked

_T = TypeVar("_T")

ERROR, WARN, OFF = "error", "warn", "off"
"""The modes besides the default, which is empty: certain problems are errors, uncertain ones are warnings."""

EXISTING_ENTITIES: Final = "the list of existing entities"
ACCESS: Final = "the credentials"
_PLACE: Final = "Flow Service"

_UNKNOWN_PLACE_CODES: Final = frozenset({"403003", "403025", "403027", "2000", "2100", "2101", "2103", "2106"})
"""The API key, the organization or the sandbox is not one that these credentials may use: no request can succeed."""

_MISSING_OBJECT_CODES: Final = frozenset({"1330", "1101"})
"""The source has no such table or file. Adobe's two catalogues share numbers, but not these."""

_CONNECTOR_PREFIX: Final = "CONNECTOR-"

_PLACE_HINT: Final = (
    "Check adobe:sandbox (ADOBE_SANDBOX) and adobe:orgId (ADOBE_ORG_ID), and that the project in Adobe's Developer "
    "Console has access to them."
)


def is_access_failure(error: FlowServiceError) -> bool:
    """Return whether no request with these settings can succeed: wrong credentials, organization or sandbox.

    A 401 is one, because the client has renewed the token by then.
    """
    if isinstance(error, CredentialsRejected):
        return True
    return isinstance(error, ResponseError) and error.code.partition("-")[0] in _UNKNOWN_PLACE_CODES


def says_object_is_missing(error: FlowServiceError) -> bool:
    """Return whether the answer to `explore` is that the source has no such table or file."""
    if isinstance(error, NotFound):
        return True
    number = error.code.removeprefix(_CONNECTOR_PREFIX).partition("-")[0] if isinstance(error, ResponseError) else ""
    return isinstance(error, InvalidRequest) and number in _MISSING_OBJECT_CODES


class PreviewChecks:
    """The checks of one process: what they found out about access, and which subjects could not be checked.

    Args:
        mode: Empty, or one of `ERROR`, `WARN` and `OFF`.
        show_message: Shows a line to the person at the terminal.
    """

    def __init__(self, mode: str, show_message: Callable[[str], None]) -> None:
        self._mode = mode
        self._show_message = show_message
        self._changing_ids: set[str] = set()
        self._unchecked_subjects: set[str] = set()
        self._access_error: FlowServiceError | None = None
        self._is_unreachable = False
        self._lock = Lock()

    def record_change(self, id_: str, *, is_pending: bool) -> None:
        """Record whether this program is about to change what the service answers about the entity."""
        with self._lock:
            (self._changing_ids.add if is_pending else self._changing_ids.discard)(id_)

    def ask(self, subject: str, topic: str, resource: str, request: Callable[[], _T]) -> _T | None:
        """Return the answer to a request; None, with one warning for each subject, if it is not known.

        Args:
            subject: What the answer depends on, such as the id of a base connection.
            topic: What is checked, as the warning names it.
            resource: The resource that is checked, as messages name it.
            request: Sends the request. Returns answers about the declared value, and raises all others.

        Raises:
            FlowServiceError: The credentials, the organization or the sandbox are wrong.
            NotChecked: The answer is not known, in the mode `ERROR`.
        """
        if self._mode == OFF or subject in self._unchecked_subjects or self._is_unreachable:
            return None
        if self._access_error is not None:
            self._refuse_access(self._access_error)
            return None
        if subject in self._changing_ids:
            reason = "this program changes its base connection, so today's answer would not apply"
            self._skip(subject, topic, resource, reason)
            return None
        try:
            return request()
        except FlowServiceError as error:
            is_unknown_place = subject == EXISTING_ENTITIES and isinstance(error, NotFound)
            if is_access_failure(error) or is_unknown_place:
                # A 404 of a list can only mean the sandbox; a pulumi refresh, which the advice names, would not help.
                hint = error.hint if isinstance(error, CredentialsRejected) else _PLACE_HINT
                self._refuse_access(error.with_context(hint=hint))
                return None
            if isinstance(error, Unreachable) and not error.is_out_of_time:
                # Several threads may find out at the same time: one subject makes it one warning.
                self._is_unreachable, subject = True, _PLACE
            self._skip(subject, topic, resource, error.message, error)
            return None

    def judge(self, resource: str, problems: Iterable[str]) -> list[str]:
        """Return the problems that fail the check; in the mode `WARN` none, and each is shown as a warning."""
        if self._mode != WARN:
            return list(problems)
        for problem in problems:
            self._show_message(f"warning: {resource}: {problem}")
        return []

    def _refuse_access(self, error: FlowServiceError) -> None:
        with self._lock:
            is_new = self._access_error is None
            self._access_error = error
        if self._mode != WARN:
            raise error
        if is_new:
            self._show_message(f"warning: nothing was checked, because {error}")

    def _skip(
        self, subject: str, topic: str, resource: str, reason: str, error: FlowServiceError | None = None
    ) -> None:
        if self._mode == ERROR:
            raise NotChecked(
                f"{resource}: {topic} was not checked, because {reason}",
                "adobe:previewChecks (ADOBE_PREVIEW_CHECKS) is `error`: without it, this is a warning.",
            ) from error
        with self._lock:
            if subject in self._unchecked_subjects:
                return
            self._unchecked_subjects.add(subject)
        scope = "Nothing else that depends on it is checked in this run."
        if subject == _PLACE and error is not None:
            # Whatever fails after this warning is short, and refers to it.
            scope = f"Nothing else is checked in this run. {advise(error)}"
        self._show_message(f"warning: {resource}: {topic} was not checked, because {reason}\n{scope}")
