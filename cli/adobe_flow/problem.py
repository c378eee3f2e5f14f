"""The error of a command that cannot do its work."""

from __future__ import annotations

from pulumi_adobe.errors import AdobeError


class Problem(AdobeError):
    """An error whose message says what happened and where; ``hint`` says what to do. Neither ever has a secret."""
