"""What one process knows while it works on one organization's sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

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
    from pulumi_adobe.flow_service.client import FlowService


@dataclass
class Run:
    """Shared by all kinds of resources and all threads. ``say`` shows a line to the person at the terminal."""

    service: FlowService
    policy: Policy
    say: Callable[[str], None]
    claims: Claims = field(default_factory=Claims)
    refused: list[str] = field(default_factory=list)
    """The ids of what exists already and was not said to be meant: each refusal names them all."""

    errors: ClassVar = FlowServiceError
    not_found: ClassVar = NotFound
    """For behaviours: a program imports them too, and must not import the HTTP client with them."""

    def __post_init__(self) -> None:
        """Begin with nothing listed."""
        self.existing = Existing(self.service)
        self.pages = Pages(self.service)
        self.specs = Specs(self.service)
        self.explored = Explored(self.service)
        self.dataflows = Dataflows(self.service, self.say)

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
            self.service.redactor.learn(secret)

    def require_place(self, declaration: Declaration, outputs: Mapping[str, Any]) -> None:
        """Refuse to go on with settings of another place than the one that it was made in."""
        access = self.service.access
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
