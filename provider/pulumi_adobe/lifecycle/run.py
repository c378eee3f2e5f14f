"""What one process knows while it works on one organization's sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pulumi_adobe.declaration import Declaration
from pulumi_adobe.flow_service.errors import FlowServiceError, NotFound
from pulumi_adobe.lifecycle.claims import Claims
from pulumi_adobe.lifecycle.dataflows import Dataflows
from pulumi_adobe.lifecycle.errors import WrongPlace
from pulumi_adobe.lifecycle.existing import Existing
from pulumi_adobe.lifecycle.explored import Explored
from pulumi_adobe.lifecycle.pages import Pages
from pulumi_adobe.lifecycle.specs import Specs
from pulumi_adobe.policy import Policy

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.access import Access
    from pulumi_adobe.flow_service.client import FlowService
    from pulumi_adobe.flow_service.redaction import Redactor

T = TypeVar("T")


class Run:
    """Shared by all kinds of resources and all threads. ``say`` shows a line to the person at the terminal.

    ``connect`` makes the client when something is first sent: a run without changes sends nothing, and does without
    the import of all that sends.
    """

    errors: ClassVar = FlowServiceError
    not_found: ClassVar = NotFound
    """For behaviours: a program imports them too, and must not import the HTTP client with them."""

    def __init__(
        self,
        access: Access,
        redactor: Redactor,
        policy: Policy,
        say: Callable[[str], None],
        connect: Callable[[], FlowService],
    ) -> None:
        self.access = access
        self.redactor = redactor
        self.policy = policy
        self.say = say
        self.claims = Claims()
        self.refused: list[str] = []
        """The ids of what exists already and was not said to be meant: each refusal names them all."""
        for secret in (access.client_secret, access.access_token):
            redactor.learn(secret)
        self._connect = connect
        self._made: dict[object, Any] = {}
        # Each thing is made once, whichever of the threads needs it first; making one needs another.
        self._lock = RLock()

    @property
    def service(self) -> FlowService:
        """Flow Service, in the organization and sandbox of the run."""
        return self._once("service", self._connect)

    @property
    def existing(self) -> Existing:
        """What is there already."""
        return self._once(Existing, lambda: Existing(self.service))

    @property
    def pages(self) -> Pages:
        """Reads from list pages."""
        return self._once(Pages, lambda: Pages(self.service))

    @property
    def specs(self) -> Specs:
        """Connection specs that the catalogue does not have."""
        return self._once(Specs, lambda: Specs(self.service))

    @property
    def explored(self) -> Explored:
        """Tables, datasets, schemas and flow specs."""
        return self._once(Explored, lambda: Explored(self.service))

    @property
    def dataflows(self) -> Dataflows:
        """What hangs on connections."""
        return self._once(Dataflows, lambda: Dataflows(self.service, self.say))

    def _once(self, key: object, make: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            made: T = self._made[key]
            return made

    def learn(self, declaration: Declaration, *properties: Mapping[str, Any]) -> None:
        """Have the secrets among these properties taken out of all that is shown from now on."""
        for each in properties:
            for _, secret in declaration.secrets(each):
                self._learn(secret)

    def _learn(self, secret: Any) -> None:
        if isinstance(secret, Mapping):
            for member in secret.values():
                self._learn(member)
        else:
            self.redactor.learn(secret)

    def require_place(self, declaration: Declaration, outputs: Mapping[str, Any]) -> None:
        """Refuse to go on with settings of another place than the one that it was made in."""
        access = self.access
        for made_in, now, key in (
            (outputs.get("orgId"), access.org_id, "adobe:orgId (ADOBE_ORG_ID)"),
            (outputs.get("sandboxName"), access.sandbox, "adobe:sandbox (ADOBE_SANDBOX)"),
        ):
            if made_in and made_in != now:
                raise WrongPlace(
                    f'{named(declaration, outputs)} was made in "{made_in}", but {key} is now "{now}". '
                    "Nothing was changed.",
                    f'Restore the value "{made_in}". To have it in "{now}" instead, destroy it with the old value '
                    "first, or declare another one in a stack of its own.",
                )


def named(declaration: Declaration, properties: Mapping[str, Any], id_: str = "") -> str:
    """A resource as errors call it."""
    return f'{declaration.kind} "{properties.get("name", "")}"{f" ({id_})" if id_ else ""}'
