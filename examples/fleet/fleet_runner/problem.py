"""The error that ends the whole run, shown as one line without a traceback."""

from __future__ import annotations


class Problem(Exception):
    """A mistake that the caller has to correct; the text says how."""
