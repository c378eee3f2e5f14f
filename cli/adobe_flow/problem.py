"""What a command cannot do, told in one paragraph."""

from __future__ import annotations

from pulumi_adobe.errors import AdobeError


class Problem(AdobeError):
    """What happened and where; ``hint`` says what to do. Neither ever holds a secret."""
