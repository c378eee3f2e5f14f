"""What one provider process shares while it works on one organization's sandbox."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime, timezone
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_adobe.lifecycle.cache.existing_entities import ExistingEntities
from pulumi_adobe.lifecycle.claims import Claims
from pulumi_adobe.lifecycle.errors import WrongPlace
from pulumi_adobe.lifecycle.preview_checks import PreviewChecks
from pulumi_adobe.lifecycle.replacements import Replacements
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema

if TYPE_CHECKING:
    from pulumi_adobe.config.resolve import Settings
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.flow_service.redaction import Redactor
    from pulumi_adobe.lifecycle.cache.connection_specs import ConnectionSpecCache
    from pulumi_adobe.lifecycle.cache.dataflows import DataflowCache
    from pulumi_adobe.lifecycle.cache.metadata import MetadataCache
    from pulumi_adobe.lifecycle.cache.newest_pages import NewestPages

T = TypeVar("T")


class ProviderContext:
    """The client, caches, claims, replacements and options of one place, shared by all resource types and all threads.

    A cache is created, and imported, when it is first used: a run without changes uses few of them.

    Args:
        settings: The organization, the sandbox, the credentials for them, and how to behave.
        redactor: Collects the secrets that must not be shown.
        show_message: Shows a line to the person at the terminal.
        connect: Creates the client. Called with the first request, because a run without changes sends nothing and
            should not pay for the imports.
        get_label: Returns what programs, and so messages, call a field.
    """

    def __init__(
        self,
        settings: Settings,
        redactor: Redactor,
        show_message: Callable[[str], None],
        connect: Callable[[], FlowServiceClient],
        get_label: Callable[[Field], str],
    ) -> None:
        self.credentials, self.options = settings.credentials, settings.options
        self.redactor = redactor
        self.show_message = show_message
        self.get_label = get_label
        self.claims = Claims()
        self.replacements = Replacements()
        self.preview_checks = PreviewChecks(self.options.preview_checks, show_message)
        self.declared_inputs: dict[tuple[str, str], Mapping[str, Any]] = {}
        """The inputs of the source and target connections that this process has checked, by type and owner."""
        self.new_owners: defaultdict[str, set[str]] = defaultdict(set)
        """The owners of the new resources that this process has checked and not created yet, by collection."""
        self.refused_ids: list[str] = []
        """The ids of existing entities that stopped a create: each refusal names them all."""
        for secret in (self.credentials.client_secret, self.credentials.access_token):
            redactor.add_secret(secret)
        self._connect = connect
        self._shown_once: set[str] = set()
        self._members: dict[object, Any] = {}
        # Reentrant, because creating a cache creates the client.
        self._lock = RLock()

    def with_timeout(self, seconds: float) -> ProviderContext:
        """Return this context with another timeout of an operation; all else is shared."""
        context = copy(self)
        context.credentials = replace(self.credentials, timeout=seconds)
        return context

    @property
    def service(self) -> FlowServiceClient:
        """The client of Flow Service."""
        service = self._shared_service
        timeout = self.credentials.timeout
        return service if service.credentials.timeout == timeout else service.with_timeout(timeout)

    @property
    def _shared_service(self) -> FlowServiceClient:
        """The client with the timeout of the settings, which the caches have."""
        return self._get_or_create("service", self._connect)

    @property
    def existing_entities(self) -> ExistingEntities:
        """The entities that exist already."""
        return self._get_or_create(ExistingEntities, lambda: ExistingEntities(self._shared_service))

    @property
    def newest_pages(self) -> NewestPages:
        """The list pages that confirm creates."""
        from pulumi_adobe.lifecycle.cache.newest_pages import NewestPages  # noqa: PLC0415 - see the class

        return self._get_or_create(
            NewestPages, lambda: NewestPages(self._shared_service, self.existing_entities, self.new_owners)
        )

    @property
    def connection_specs(self) -> ConnectionSpecCache:
        """The connection specs that the catalogue lacks."""
        from pulumi_adobe.lifecycle.cache.connection_specs import ConnectionSpecCache  # noqa: PLC0415 - see the class

        return self._get_or_create(ConnectionSpecCache, lambda: ConnectionSpecCache(self._shared_service))

    @property
    def metadata(self) -> MetadataCache:
        """Tables, datasets, XDM schemas and flow specs."""
        from pulumi_adobe.lifecycle.cache.metadata import MetadataCache  # noqa: PLC0415 - see the class

        return self._get_or_create(MetadataCache, lambda: MetadataCache(self._shared_service))

    @property
    def dataflows(self) -> DataflowCache:
        """The dataflows and the connections that they use."""
        from pulumi_adobe.lifecycle.cache.dataflows import DataflowCache  # noqa: PLC0415 - see the class

        return self._get_or_create(DataflowCache, lambda: DataflowCache(self._shared_service, self.show_message))

    def get_labels(self, resource_schema: ResourceSchema) -> dict[str, str]:
        """Return what programs, and so messages, call the fields of a schema, by the fields' names."""
        return {field.name: self.get_label(field) for field in resource_schema.fields}

    def service_time(self) -> datetime:
        """Return the time by the service's clock; by this machine's while no request was made. Sends none."""
        service: FlowServiceClient | None = self._members.get("service")
        return service.service_time() if service is not None else datetime.now(timezone.utc)

    def show_message_once(self, text: str) -> None:
        """Show a line unless this process has shown the same one: check, diff and create may all find out a fact."""
        with self._lock:
            if text in self._shown_once:
                return
            self._shown_once.add(text)
        self.show_message(text)

    def learn_secrets(self, resource_schema: ResourceSchema, *properties: Mapping[str, Any]) -> None:
        """Redact the secrets among these properties from everything that is shown from now on."""
        for resource_properties in properties:
            for _, secret in resource_schema.secret_values(resource_properties):
                self.redactor.add_secret(secret)

    def require_same_place(self, resource_schema: ResourceSchema, outputs: Mapping[str, Any]) -> None:
        """Raise `WrongPlace` if the settings name another organization or sandbox than that of the resource."""
        for recorded, configured, setting in (
            (outputs.get("orgId"), self.credentials.org_id, "adobe:orgId (ADOBE_ORG_ID)"),
            (outputs.get("sandboxName"), self.credentials.sandbox, "adobe:sandbox (ADOBE_SANDBOX)"),
        ):
            if recorded and recorded != configured:
                raise WrongPlace(
                    f'{describe_resource(resource_schema, outputs)} was created in "{recorded}", but {setting}, or '
                    f'the argument of its explicit provider, is now "{configured}". It was not changed.',
                    f'Restore the value "{recorded}". To have the resource in "{configured}" instead, destroy it with '
                    "the old value first, or declare another one in a stack of its own.",
                )

    def _get_or_create(self, key: object, factory: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._members:
                self._members[key] = factory()
            member: T = self._members[key]
            return member


def describe_resource(resource_schema: ResourceSchema, properties: Mapping[str, Any], id_: str = "") -> str:
    """Return the resource as messages name it, such as `Dataflow "orders" (6f1c…)`."""
    name = properties.get("name", "") if resource_schema.identified_by == "name" else get_resource_name(properties)
    return f'{resource_schema.type_name} "{name}"{f" ({id_})" if id_ else ""}'


def get_resource_name(properties: Mapping[str, Any]) -> str:
    """Return what the program calls the resource: the last part of its owner."""
    return str(properties.get("owner", "")).rpartition("/")[2]
