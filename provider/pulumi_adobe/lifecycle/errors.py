"""What the life cycle refuses to do, or could not finish.

AdobeError
├── WrongPlace          the settings name another organization or sandbox than the one it was made in
├── AlreadyExists       a connection of this name and spec is there already, and nobody said that it is meant
├── DeclaredTwice       two resources of one program declare the same name and spec
├── NotAdoptable        the connection that was named cannot be what is declared
├── OwnedElsewhere      another stack has marked it as its own
├── ChangedElsewhere    somebody changed the same thing since this stack last saw it
├── EndedBadly          Flow Service ended up in a state that is no good one
├── NotSettled          what was asked for goes on longer than the time-out
├── FailedTest          Flow Service's own test says that the credentials do not work
├── StillInUse          dataflows hang on it
├── NotDeleted          it is still there after a delete
└── Unfinished          made or changed, but a later step failed: the id and the outputs must be kept
"""

from __future__ import annotations

from pulumi_adobe.declaration import Properties
from pulumi_adobe.errors import AdobeError


class WrongPlace(AdobeError):
    """The settings name another organization or sandbox than the one that the resource was made in."""


class AlreadyExists(AdobeError):
    """One of this name and spec is there already, and nobody said that it is meant."""


class DuplicateDeclaration(AdobeError):
    """Two resources of one program declare the same name and spec."""


class CannotAdopt(AdobeError):
    """The one that was named for adoption cannot become what is declared."""


class OwnedByAnotherStack(AdobeError):
    """Another stack has marked it as its own."""


class ConflictingChange(AdobeError):
    """Somebody changed the same thing since this stack last saw it."""


class FailedState(AdobeError):
    """Flow Service ended up in a state that is no good one."""


class NotReadyInTime(AdobeError):
    """Flow Service has taken the request, but what it made is not ready within the time-out."""


class ConnectionTestFailed(AdobeError):
    """Flow Service's own test says that the credentials do not work."""


class StillInUse(AdobeError):
    """Dataflows hang on it."""


class NotDeleted(AdobeError):
    """It is still there after a delete that was not refused."""


class PartialFailure(AdobeError):
    """It was made or changed, but a later step failed: what is known of it must reach the state.

    ``id`` and ``outputs`` are to be kept; the next update repeats what is outstanding.
    """

    def __init__(self, cause: AdobeError, id_: str, outputs: Properties) -> None:
        """Take the words of the cause."""
        super().__init__(cause.message, cause.hint)
        self.cause = cause
        self.id = id_
        self.outputs = outputs
