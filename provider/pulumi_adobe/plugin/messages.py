"""Messages to the person at the terminal, from inside a plugin process: what they must not show, and how many."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Final

from pulumi_adobe.flow_service.redaction import Redactor

REDACTOR: Final = Redactor()
"""The secrets that this process has met, whichever resource or credential they belong to."""

MAX_SIMILAR_MESSAGES: Final = 5


class LimitedMessages:
    """Similar messages, of which only the first few are shown, then a summary that says where to find the others.

    Two hundred lines that say the same about two hundred resources would hide the other messages of a preview.
    """

    def __init__(self, summary: str) -> None:
        self._summary = summary
        self._counter = count(1)
        self._texts: set[str] = set()

    def show(self, text: str, show_message: Callable[[str], None]) -> None:
        """Show the message, or the summary in place of the first message beyond the limit, or nothing after it.

        The same message counts once: a process may compare a resource again.
        """
        if text in self._texts:
            return
        self._texts.add(text)
        number = next(self._counter)
        if number <= MAX_SIMILAR_MESSAGES:
            show_message(text)
        elif number == MAX_SIMILAR_MESSAGES + 1:
            show_message(self._summary)
