"""How the dynamic adapter shows a message: as a line of the plugin's output, below the stack's name."""

from __future__ import annotations

import sys

from pulumi_adobe.plugin.messages import REDACTOR


def print_message(text: str) -> None:
    """Print a line without any known secret, which the engine shows under the stack's name among its own lines.

    It is one write, because four threads of the plugin may print at the same time, and it is UTF-8, as the engine reads
    it: the encoding that the locale gives to the stream may lack a character, or write it as other bytes.
    """
    line = f"{REDACTOR.to_message(text)}\n".encode()
    sys.stdout.flush()
    sys.stdout.buffer.write(line)
    sys.stdout.flush()
