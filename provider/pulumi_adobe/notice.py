"""Lines for the person at the terminal, from inside the plugin process."""

from __future__ import annotations

import sys
from itertools import count
from typing import Final

MAX_SIMILAR_MESSAGES: Final = 5


def print_message(text: str) -> None:
    """Show a line beside Pulumi's own: the engine passes on what the plugin prints, under the stack's name.

    In one write, since four threads of the plugin may have something to say.
    """
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class LimitedMessages:
    """Lines of one kind, of which the first few are shown, then one that says where to find the others.

    Two hundred lines that say the same of two hundred resources would hide what a preview has to say beside them.
    """

    def __init__(self, summary: str) -> None:
        self._summary = summary
        self._counter = count(1)

    def print(self, text: str) -> None:
        """Show it, or the line that stands for it and all that come after it, or nothing any more."""
        number = next(self._counter)
        if number <= MAX_SIMILAR_MESSAGES:
            print_message(text)
        elif number == MAX_SIMILAR_MESSAGES + 1:
            print_message(self._summary)
