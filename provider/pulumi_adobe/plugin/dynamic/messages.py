"""How the dynamic adapter shows a message: as a line of the plugin's output, below the stack's name."""

from __future__ import annotations

import os
import sys

from pulumi_adobe.plugin.messages import REDACTOR


def print_message(text: str) -> None:
    """Print a line without any known secret, which the engine shows under the stack's name among its own lines.

    It is one write, because several threads of the plugin may print at the same time, and it is UTF-8, as the engine
    reads it: the encoding that the locale gives to the stream may lack a character, or write it as other bytes. An
    engine that is gone shows nothing, and what the message is about goes on.
    """
    line = f"{REDACTOR.to_message(text)}\n".encode()
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(line)
        sys.stdout.flush()
    except BrokenPipeError:
        # The line stays in the buffer of the stream, and would be an error again at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
