"""What one process knows while it works on one organization's sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pulumi_adobe.declaration import ResourceSchema
from pulumi_adobe.flow_service.errors import FlowServiceError, NotFound
from pulumi_adobe.lifecycle.claims import Claims
from pulumi_adobe.lifecycle.dataflows import DataflowCache
from pulumi_adobe.lifecycle.errors import WrongPlace
from pulumi_adobe.lifecycle.existing import ExistingEntities
from pulumi_adobe.lifecycle.explored import MetadataCache
from pulumi_adobe.lifecycle.pages import ListPages
from pulumi_adobe.lifecycle.specs import ConnectionSpecCache
from pulumi_adobe.policy import Options

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.access import Credentials
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.flow_service.redaction import Redactor

T = TypeVar("T")


class ProviderContext:
    """Shared by all kinds of resources and all threads. ``say`` shows a line to the person at the terminal.

    ``connect`` makes the client when something is first sent: a run without changes sends nothing, and does without
    the import of all that sends.
    """

    service_error: ClassVar = FlowServiceError
    not_found_error: ClassVar = NotFound
    """For behaviours: a program imports them too, and must not import the HTTP client with them."""

    def __init__(
        self,
        credentials: Credentials,
        redactor: Redactor,
        options: Options,
        show_message: Callable[[str], None],
        connect: Callable[[], FlowServiceClient],
    ) -> None:
        self.credentials = credentials
        self.redactor = redactor
        self.options = options
        self.show_message = show_message
        self.claims = Claims()
        self.refused_ids: list[str] = []
        """The ids of what exists already and was not said to be meant: each refusal names them all."""
        for secret in (credentials.client_secret, credentials.access_token):
            redactor.add_secret(secret)
        self._connect = connect
        self._members: dict[object, Any] = {}
        # Each thing is made once, whichever of the threads needs it first; making one needs another.
        self._lock = RLock()

    @property
    def service(self) -> FlowServiceClient:
        """Flow Service, in the organization and sandbox of the run."""
        return self._get_or_create("service", self._connect)

    @property
    def existing_entities(self) -> ExistingEntities:
        """What is there already."""
        return self._get_or_create(ExistingEntities, lambda: ExistingEntities(self.service))

    @property
    def list_pages(self) -> ListPages:
        """Reads from list pages."""
        return self._get_or_create(ListPages, lambda: ListPages(self.service))

    @property
    def connection_specs(self) -> ConnectionSpecCache:
        """Connection specs that the catalogue does not have."""
        return self._get_or_create(ConnectionSpecCache, lambda: ConnectionSpecCache(self.service))

    @property
    def metadata(self) -> MetadataCache:
        """Tables, datasets, schemas and flow specs."""
        return self._get_or_create(MetadataCache, lambda: MetadataCache(self.service))

    @property
    def dataflows(self) -> DataflowCache:
        """What hangs on connections."""
        return self._get_or_create(DataflowCache, lambda: DataflowCache(self.service, self.show_message))

    def _get_or_create(self, key: object, factory: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._members:
                self._members[key] = factory()
            member: T = self._members[key]
            return member

    def learn_secrets(self, resource_schema: ResourceSchema, *properties: Mapping[str, Any]) -> None:
        """Have the secrets among these properties taken out of all that is shown from now on."""
        for each in properties:
            for _, secret in resource_schema.secret_values(each):
                self._learn_value(secret)

    def _learn_value(self, secret: Any) -> None:
        if isinstance(secret, Mapping):
            for member in secret.values():
                self._learn_value(member)
        else:
            self.redactor.add_secret(secret)

    def require_same_place(self, resource_schema: ResourceSchema, outputs: Mapping[str, Any]) -> None:
        """Refuse to go on with settings of another place than the one that it was made in."""
        credentials = self.credentials
        for recorded, current, key in (
            (outputs.get("orgId"), credentials.org_id, "adobe:orgId (ADOBE_ORG_ID)"),
            (outputs.get("sandboxName"), credentials.sandbox, "adobe:sandbox (ADOBE_SANDBOX)"),
        ):
            if recorded and recorded != current:
                raise WrongPlace(
                    f'{describe_resource(resource_schema, outputs)} was made in "{recorded}", but {key} is now "{current}". '
                    "Nothing was changed.",
                    f'Restore the value "{recorded}". To have it in "{current}" instead, destroy it with the old value '
                    "first, or declare another one in a stack of its own.",
                )


def describe_resource(resource_schema: ResourceSchema, properties: Mapping[str, Any], id_: str = "") -> str:
    """A resource as errors call it."""
    return f'{resource_schema.type_name} "{properties.get("name", "")}"{f" ({id_})" if id_ else ""}'
