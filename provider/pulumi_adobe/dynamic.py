"""The provider that Pulumi pickles, by reference and empty, and calls in its plugin process.

How the plugin calls: `pulumi/dynamic/__main__.py` of Pulumi's Python SDK.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from pulumi.dynamic.dynamic import PROVIDER_KEY

from pulumi_adobe import init_failed
from pulumi_adobe.failure import report_errors
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.notice import LimitedMessages, print_message
from pulumi_adobe.plugin_values import from_pulumi, to_pulumi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_adobe.declaration import ResourceSchema
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.lifecycle import Lifecycle
    from pulumi_adobe.lifecycle.run import ProviderContext
    from pulumi_adobe.settings import Settings


class DynamicProvider(ResourceProvider):
    """The provider of one kind of resource; a subclass says which, in a module path that never changes.

    Module path and class name stand in the state of every user. Instances carry no attributes before `configure`:
    what stands in them is pickled too.
    """

    resource_schema: ClassVar[ResourceSchema]
    serialize_as_secret_always = False

    def configure(self, req: ConfigureRequest) -> None:
        """Keep the stack's config; it is read when something is first needed of it."""
        self._process = ProviderProcess(req)

    def check(self, _olds: Mapping[str, Any], news: dict[str, Any]) -> CheckResult:
        """Name every problem of the inputs, and of the settings, before anything changes; what is there already too."""
        from pulumi_adobe.checking import normalize  # noqa: PLC0415 - see _Process

        with report_errors(f"The check of {self.resource_schema.type_name}", _REDACTOR):
            inputs = normalize(self.schema_for(self._to_properties(news)), self._to_properties(news))
            # An empty property name: with one, the engine would print the value beside it.
            failures = [CheckFailure("", reason) for reason in self._find_problems(self._to_properties(_olds), inputs)]
            if not failures:
                self._get_lifecycle(inputs).check(inputs, exists=bool(from_pulumi(_olds)))
            return CheckResult(self._to_plugin(inputs), failures)

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Say what would change; sends nothing."""
        with report_errors(f"The comparison of {self.resource_schema.type_name} {_id}", _REDACTOR):
            olds, news = self._to_properties(_olds), self._to_properties(_news)
            resource_diff = self._get_lifecycle({**olds, **news}).diff(_id, olds, news)
            if resource_diff.changed_secrets:
                print_message(
                    f"{_get_resource_name(_news)}: {', '.join(resource_diff.changed_secrets)} changes (a secret, of which Pulumi shows no line)"
                )
            if resource_diff.unconfirmed_secrets:
                _UNCONFIRMED_MESSAGES.print(
                    f"{_get_resource_name(_news)}: adopted, its {' and '.join(resource_diff.unconfirmed_secrets)} never sent from here; to send "
                    "and test: adobe-flow adopt --send-secrets"
                )
            # Names are fixed, so the old one goes first; if it is in use, Adobe refuses and nothing is lost.
            return DiffResult(changes=bool(resource_diff), replaces=list(resource_diff.replaces), delete_before_replace=True)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Make it."""
        with report_errors(f"The creation of {self.resource_schema.type_name}", _REDACTOR):
            with self._report_partial_failures(props):
                inputs = self._to_properties(props)
                created = self._get_lifecycle(inputs).create(inputs)
            return CreateResult(created.id, self._to_plugin(created.outputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Look at it as it is now; gone is an empty result."""
        with report_errors(f"The reading of {self.resource_schema.type_name} {id_}", _REDACTOR):
            prior_outputs = self._to_properties(props)
            read_state = self._get_lifecycle(prior_outputs).read(id_, prior_outputs)
            if read_state is None:
                return ReadResult(None, {})
            return ReadResult(id_, self._to_plugin(read_state.outputs), self._to_plugin(read_state.inputs))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Change it in place."""
        with report_errors(f"The update of {self.resource_schema.type_name} {_id}", _REDACTOR):
            with self._report_partial_failures(_news):
                olds, news = self._to_properties(_olds), self._to_properties(_news)
                outputs = self._get_lifecycle({**olds, **news}).update(_id, olds, news)
            return UpdateResult(self._to_plugin(outputs))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Remove it."""
        with report_errors(f"The deletion of {self.resource_schema.type_name} {_id}", _REDACTOR):
            prior_outputs = self._to_properties(_props)
            self._get_lifecycle(prior_outputs).delete(_id, prior_outputs)

    @classmethod
    def schema_for(cls, _properties: Mapping[str, Any]) -> ResourceSchema:
        """The declaration of the resource with these (flat) properties; most kinds have one for all."""
        return cls.resource_schema

    @classmethod
    def flatten(cls, properties: dict[str, Any]) -> dict[str, Any]:
        """The properties of the state as the declaration names them."""
        return properties

    @classmethod
    def nest(cls, properties: dict[str, Any]) -> dict[str, Any]:
        """The other way round."""
        return properties

    @contextmanager
    def _report_partial_failures(self, properties: Mapping[str, Any]) -> Iterator[None]:
        """Have what could not be finished kept in the state; ``properties`` carry the pickled provider."""
        from pulumi_adobe.lifecycle.errors import PartialFailure  # noqa: PLC0415 - see _Process

        try:
            yield
        except PartialFailure as error:
            outputs = {**self._to_plugin(error.outputs), PROVIDER_KEY: properties[PROVIDER_KEY]}
            init_failed.report_partial_failure(error.id, outputs, _REDACTOR.redact(str(error)))
            hint = f"It is {error.id}; where the state does not have it: ADOBE_ADOPT={error.id} pulumi up"
            raise type(error.cause)(error.message, f"{error.hint}\n{hint}".strip()) from None

    def _to_properties(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        return self.flatten(from_pulumi(properties))

    def _to_plugin(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        return to_pulumi(self.nest(dict(properties)))

    def _get_lifecycle(self, properties: Mapping[str, Any]) -> Lifecycle:
        from pulumi_adobe.lifecycle import Lifecycle  # noqa: PLC0415 - see _Process

        return Lifecycle(self.schema_for(properties), self._process.context)

    def _find_problems(self, olds: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[str]:
        from pulumi_adobe.checking import validate  # noqa: PLC0415 - see _Process
        from pulumi_adobe.settings import SettingsError  # noqa: PLC0415 - see _Process

        field_problems = [f"{field.name}: {problem}" for field, problem in validate(self.schema_for(inputs), inputs)]
        yield from field_problems
        try:
            _ = self._process.settings
        except SettingsError as error:
            yield str(error)
            return
        if not field_problems:
            yield from self._get_lifecycle(inputs).validate(olds, inputs)


def _get_resource_name(properties: Mapping[str, Any]) -> str:
    """What the program calls the resource: the last part of its owner."""
    return str(properties.get("owner", "")).rpartition("/")[2]


class ProviderProcess:
    """The stack's config as this plugin process got it, and what is made from it when first needed.

    Imports that only the plugin needs stand inside functions: a program imports this module too, and a preview
    without changes sends nothing.
    """

    def __init__(self, request: ConfigureRequest) -> None:
        self._config = _read_config(request)

    @cached_property
    def settings(self) -> Settings:
        from pulumi_adobe.explicit_settings import FLOW_SERVICE_INPUT, resolve_explicit_settings  # noqa: PLC0415 - see above
        from pulumi_adobe.settings import resolve_settings  # noqa: PLC0415 - see above

        return (resolve_explicit_settings if FLOW_SERVICE_INPUT in self._config else resolve_settings)(self._config, os.environ)

    @property
    def context(self) -> ProviderContext:
        return _get_context(self.settings)


def _read_config(request: ConfigureRequest) -> dict[str, str]:
    """All keys: `Config` has a way to ask for one, but none to list them, which finding misspelt ones needs."""
    properties = getattr(request.config, "_props", None)
    if isinstance(properties, Mapping):
        return {str(key): str(value) for key, value in properties.items() if value is not None}
    from pulumi_adobe.settings import SETTINGS_TABLE  # noqa: PLC0415 - see _Process

    values = {setting.config_key: request.config.get(setting.config_key) for setting in SETTINGS_TABLE}
    return {key: str(value) for key, value in values.items() if value is not None}


_REDACTOR = Redactor()
"""The secrets that this process has met, whichever resource or credential they belong to."""

_UNCONFIRMED_MESSAGES = LimitedMessages(
    "more were adopted, and their secrets never sent from here; to list all: adobe-flow adopt --send-secrets --dry-run"
)

_CONTEXTS: dict[Settings, ProviderContext] = {}
_CONTEXTS_LOCK = Lock()


def _get_context(settings: Settings) -> ProviderContext:
    """One per settings, shared by all kinds of resources: one token, one rate limit, one set of claims per process."""
    from pulumi_adobe.lifecycle.run import ProviderContext  # noqa: PLC0415 - see _Process

    def show_message(text: str) -> None:
        print_message(_REDACTOR.redact(text))

    def connect() -> FlowServiceClient:
        from pulumi_adobe.flow_service.client import FlowServiceClient  # noqa: PLC0415 - see Run

        return FlowServiceClient(settings.credentials, _REDACTOR)

    with _CONTEXTS_LOCK:
        if settings not in _CONTEXTS:
            _CONTEXTS[settings] = ProviderContext(settings.credentials, _REDACTOR, settings.options, show_message, connect)
        return _CONTEXTS[settings]
