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
from pulumi_adobe.failure import reported
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.notice import Alike, notice
from pulumi_adobe.plugin_values import from_plugin, to_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_adobe.declaration import Declaration
    from pulumi_adobe.flow_service.client import FlowService
    from pulumi_adobe.lifecycle import Lifecycle
    from pulumi_adobe.lifecycle.run import Run
    from pulumi_adobe.settings import Settings


class FlowServiceProvider(ResourceProvider):
    """The provider of one kind of resource; a subclass says which, in a module path that never changes.

    Module path and class name stand in the state of every user. Instances carry no attributes before `configure`:
    what stands in them is pickled too.
    """

    declaration: ClassVar[Declaration]
    serialize_as_secret_always = False

    def configure(self, req: ConfigureRequest) -> None:
        """Keep the stack's config; it is read when something is first needed of it."""
        self._process = _Process(req)

    def check(self, _olds: Mapping[str, Any], news: dict[str, Any]) -> CheckResult:
        """Name every problem of the inputs, and of the settings, before anything changes; what is there already too."""
        from pulumi_adobe.checking import normalized  # noqa: PLC0415 - see _Process

        with reported(f"The check of {self.declaration.kind}", _REDACTOR):
            inputs = normalized(self.declared(self._in(news)), self._in(news))
            # An empty property name: with one, the engine would print the value beside it.
            failures = [CheckFailure("", reason) for reason in self._failures(self._in(_olds), inputs)]
            if not failures:
                self._lifecycle(inputs).checked(inputs, exists=bool(from_plugin(_olds)))
            return CheckResult(self._out(inputs), failures)

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Say what would change; sends nothing."""
        with reported(f"The comparison of {self.declaration.kind} {_id}", _REDACTOR):
            olds, news = self._in(_olds), self._in(_news)
            found = self._lifecycle({**olds, **news}).diff(_id, olds, news)
            if found.secrets:
                notice(
                    f"{_resource(_news)}: {', '.join(found.secrets)} changes (a secret, of which Pulumi shows no line)"
                )
            if found.unconfirmed:
                _UNCONFIRMED.notice(
                    f"{_resource(_news)}: adopted, its {' and '.join(found.unconfirmed)} never sent from here; to send "
                    "and test: adobe-flow adopt --send-secrets"
                )
            # Names are fixed, so the old one goes first; if it is in use, Adobe refuses and nothing is lost.
            return DiffResult(changes=bool(found), replaces=list(found.replaces), delete_before_replace=True)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Make it."""
        with reported(f"The creation of {self.declaration.kind}", _REDACTOR):
            with self._kept(props):
                inputs = self._in(props)
                created = self._lifecycle(inputs).create(inputs)
            return CreateResult(created.id, self._out(created.outputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Look at it as it is now; gone is an empty result."""
        with reported(f"The reading of {self.declaration.kind} {id_}", _REDACTOR):
            kept = self._in(props)
            found = self._lifecycle(kept).read(id_, kept)
            if found is None:
                return ReadResult(None, {})
            return ReadResult(id_, self._out(found.outputs), self._out(found.inputs))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Change it in place."""
        with reported(f"The update of {self.declaration.kind} {_id}", _REDACTOR):
            with self._kept(_news):
                olds, news = self._in(_olds), self._in(_news)
                outputs = self._lifecycle({**olds, **news}).update(_id, olds, news)
            return UpdateResult(self._out(outputs))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Remove it."""
        with reported(f"The deletion of {self.declaration.kind} {_id}", _REDACTOR):
            kept = self._in(_props)
            self._lifecycle(kept).delete(_id, kept)

    @classmethod
    def declared(cls, _properties: Mapping[str, Any]) -> Declaration:
        """The declaration of the resource with these (flat) properties; most kinds have one for all."""
        return cls.declaration

    @classmethod
    def flat(cls, properties: dict[str, Any]) -> dict[str, Any]:
        """The properties of the state as the declaration names them."""
        return properties

    @classmethod
    def nested(cls, properties: dict[str, Any]) -> dict[str, Any]:
        """The other way round."""
        return properties

    @contextmanager
    def _kept(self, properties: Mapping[str, Any]) -> Iterator[None]:
        """Have what could not be finished kept in the state; ``properties`` carry the pickled provider."""
        from pulumi_adobe.lifecycle.errors import Unfinished  # noqa: PLC0415 - see _Process

        try:
            yield
        except Unfinished as error:
            outputs = {**self._out(error.outputs), PROVIDER_KEY: properties[PROVIDER_KEY]}
            init_failed.report(error.id, outputs, _REDACTOR.redact(str(error)))
            hint = f"It is {error.id}; where the state does not have it: ADOBE_ADOPT={error.id} pulumi up"
            raise type(error.cause)(error.what, f"{error.hint}\n{hint}".strip()) from None

    def _in(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        return self.flat(from_plugin(properties))

    def _out(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        return to_plugin(self.nested(dict(properties)))

    def _lifecycle(self, properties: Mapping[str, Any]) -> Lifecycle:
        from pulumi_adobe.lifecycle import Lifecycle  # noqa: PLC0415 - see _Process

        return Lifecycle(self.declared(properties), self._process.run)

    def _failures(self, olds: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[str]:
        from pulumi_adobe.checking import problems  # noqa: PLC0415 - see _Process
        from pulumi_adobe.settings import SettingsError  # noqa: PLC0415 - see _Process

        found = [f"{field.name}: {problem}" for field, problem in problems(self.declared(inputs), inputs)]
        yield from found
        try:
            _ = self._process.settings
        except SettingsError as error:
            yield str(error)
            return
        if not found:
            yield from self._lifecycle(inputs).problems(olds, inputs)


def _resource(properties: Mapping[str, Any]) -> str:
    """What the program calls the resource: the last part of its owner."""
    return str(properties.get("owner", "")).rpartition("/")[2]


class _Process:
    """The stack's config as this plugin process got it, and what is made from it when first needed.

    Imports that only the plugin needs stand inside functions: a program imports this module too, and a preview
    without changes sends nothing.
    """

    def __init__(self, request: ConfigureRequest) -> None:
        self._config = _all_config(request)

    @cached_property
    def settings(self) -> Settings:
        from pulumi_adobe.explicit_settings import MARK, resolve_explicit  # noqa: PLC0415 - see above
        from pulumi_adobe.settings import resolve  # noqa: PLC0415 - see above

        return (resolve_explicit if MARK in self._config else resolve)(self._config, os.environ)

    @property
    def run(self) -> Run:
        return _run(self.settings)


def _all_config(request: ConfigureRequest) -> dict[str, str]:
    """All keys: `Config` has a way to ask for one, but none to list them, which finding misspelt ones needs."""
    raw = getattr(request.config, "_props", None)
    if isinstance(raw, Mapping):
        return {str(key): str(value) for key, value in raw.items() if value is not None}
    from pulumi_adobe.settings import TABLE  # noqa: PLC0415 - see _Process

    found = {setting.config_key: request.config.get(setting.config_key) for setting in TABLE}
    return {key: str(value) for key, value in found.items() if value is not None}


_REDACTOR = Redactor()
"""The secrets that this process has met, whichever resource or credential they belong to."""

_UNCONFIRMED = Alike(
    "more were adopted, and their secrets never sent from here; to list all: adobe-flow adopt --send-secrets --dry-run"
)

_RUNS: dict[Settings, Run] = {}
_RUNS_LOCK = Lock()


def _run(settings: Settings) -> Run:
    """One per settings, shared by all kinds of resources: one token, one rate limit, one set of claims per process."""
    from pulumi_adobe.lifecycle.run import Run  # noqa: PLC0415 - see _Process

    def say(text: str) -> None:
        notice(_REDACTOR.redact(text))

    def connect() -> FlowService:
        from pulumi_adobe.flow_service.client import FlowService  # noqa: PLC0415 - see Run

        return FlowService(settings.access, _REDACTOR)

    with _RUNS_LOCK:
        if settings not in _RUNS:
            _RUNS[settings] = Run(settings.access, _REDACTOR, settings.policy, say, connect)
        return _RUNS[settings]
