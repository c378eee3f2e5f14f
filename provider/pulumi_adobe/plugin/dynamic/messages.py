"""Messages to the person at the terminal, from inside the plugin process."""

from __future__ import annotations

import sys
from itertools import count
from typing import Final

from pulumi_adobe.flow_service.redaction import Redactor

REDACTOR: Final = Redactor()
"""The secrets that this process has met, whichever resource or credential they belong to."""

MAX_SIMILAR_MESSAGES: Final = 5


def print_message(text: str) -> None:
    """Print a line without any known secret, which the engine shows under the stack's name among its own lines.

    It is one write, because four threads of the plugin may print at the same time, and it is UTF-8, as the engine reads
    it: the encoding that the locale gives to the stream may lack a character, or write it as other bytes.
    """
    line = f"{REDACTOR.to_message(text)}\n".encode()
    sys.stdout.flush()
    sys.stdout.buffer.write(line)
    sys.stdout.flush()


class LimitedMessages:
    """Similar messages, of which only the first few are shown, then a summary that says where to find the others.

    Two hundred lines that say the same about two hundred resources would hide the other messages of a preview.
    """

    def __init__(self, summary: str) -> None:
        self._summary = summary
        self._counter = count(1)

    def print(self, text: str) -> None:
        """Print the message, or the summary in place of the first message beyond the limit, or nothing after it."""
        number = next(self._counter)
        if number <= MAX_SIMILAR_MESSAGES:
            print_message(text)
        elif number == MAX_SIMILAR_MESSAGES + 1:
            print_message(self._summary)
