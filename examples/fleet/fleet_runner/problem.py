"""What stops the whole run: shown as one line, without a traceback."""

from __future__ import annotations


class Problem(Exception):
    """Something the caller has to mend; the text says what."""
