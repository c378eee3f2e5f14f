"""What stops a command: shown as one paragraph, without a traceback."""

from __future__ import annotations


class Problem(Exception):
    """Something the user has to know or do; the text says what happened and what helps."""
