"""The root of every error that a user of this package can meet.

AdobeError
├── SettingsError            (settings)      a setting is missing, unknown or contradicts another
├── flow_service.errors      what Adobe, or the way to Adobe, answered
└── lifecycle errors         what the life cycle of a declared resource refuses to do
"""

from __future__ import annotations


class AdobeError(Exception):
    """What happened and where, and on the lines after it what to do.

    The Pulumi engine shows ``str(error)`` and nothing else, so that must stand alone.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both parts; ``hint`` may be empty where nothing helpful can be said."""
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Both parts, the hint on lines of its own."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message
