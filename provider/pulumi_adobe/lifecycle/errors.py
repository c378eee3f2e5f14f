"""What the life cycle refuses to do, or could not finish.

AdobeError
├── WrongPlace              the settings name another organization or sandbox than that of the resource
├── AlreadyExists           an entity of this name and spec exists, and nobody asked to adopt it
├── DuplicateDeclaration    two resources of one program declare the same name and spec
├── CannotAdopt             the entity to adopt differs in a field that Adobe does not allow to change
├── OwnedByAnotherStack     the entity's ownership line names another stack
├── ConflictingChange       the entity changed since this stack last saw it, and the update could overwrite that
├── FailedState             Flow Service left the entity in a failed state
├── NotReadyInTime          the entity is not ready within the timeout
├── ConnectionTestFailed    Flow Service's connection test failed
├── StillInUse              dataflows use the connection
├── NotDeleted              the entity still exists after its deletion was accepted
├── NotChecked              a check before a write got no answer, and `previewChecks` is `error`
├── UnknownExpiry           a read that might renew a token was not sent
└── PartialFailure          created or changed, but a later step failed: the state must keep id and outputs
"""

from __future__ import annotations

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.schema.values import Properties


class WrongPlace(AdobeError):
    """The settings name another organization or sandbox than the one that the resource was created in."""


class AlreadyExists(AdobeError):
    """An entity of this name and spec exists already, and nobody asked to adopt it."""


class DuplicateDeclaration(AdobeError):
    """Two resources of one program declare the same name and spec."""


class CannotAdopt(AdobeError):
    """The entity cannot be adopted, because it differs in a field that Adobe does not allow to change."""


class OwnedByAnotherStack(AdobeError):
    """The entity's ownership line names another stack."""


class ConflictingChange(AdobeError):
    """The entity changed since this stack last saw it, and the update could overwrite that change."""


class FailedState(AdobeError):
    """Flow Service left the entity in a failed state, which ``state`` names."""

    def __init__(self, message: str, hint: str = "", *, state: str = "") -> None:
        super().__init__(message, hint)
        self.state = state


class NotReadyInTime(AdobeError):
    """Flow Service is still at work on the entity after the timeout. ``state`` is the state that was read last."""

    def __init__(self, message: str, hint: str = "", *, state: str = "") -> None:
        super().__init__(message, hint)
        self.state = state


class ConnectionTestFailed(AdobeError):
    """Flow Service's own connection test says that the credentials do not work."""


class StillInUse(AdobeError):
    """Dataflows use the connection."""


class NotDeleted(AdobeError):
    """The entity still exists after a deletion that Flow Service accepted."""


class NotChecked(AdobeError):
    """A check before a write got no answer about the declared value, and the settings make that an error."""


class UnknownExpiry(AdobeError):
    """The state does not say when a token ends, so that a read might renew it."""


class PartialFailure(AdobeError):
    """The entity was created or changed, but a later step failed.

    The state must keep ``id`` and ``outputs``; the next update repeats what is outstanding. ``cause`` is the error of
    the later step.
    """

    def __init__(self, cause: AdobeError, id_: str, outputs: Properties) -> None:
        super().__init__(cause.message, cause.hint)
        self.cause = cause
        self.id = id_
        self.outputs = outputs
