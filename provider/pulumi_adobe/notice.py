"""Lines for the person at the terminal, from inside the plugin process."""

from __future__ import annotations

import sys


def notice(text: str) -> None:
    """Show a line beside Pulumi's own: the engine passes on what the plugin prints, under the stack's name.

    In one write, since four threads of the plugin may have something to say.
    """
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
