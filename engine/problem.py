"""What stops a command: shown as one paragraph, without a traceback."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - it is what the user reads, not a fault of this code
    """Something the user has to know or do; the text says what happened and what helps."""
