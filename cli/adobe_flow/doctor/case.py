"""What the checks ask about, each thing once, whether it can be had or not."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from adobe_flow.doctor.bare_pulumi import Login, login
from adobe_flow.place import Place, open_place
from adobe_flow.project import find_project_file
from adobe_flow.shown import REDACTOR
from adobe_flow.stack import Stack
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.platform_apis import list_sandboxes

_PATIENCE = 20.0
"""Seconds at most for one question: who asks a doctor is not helped by two minutes of retries."""

_T = TypeVar("_T")


def _once(method: Callable[[Case], _T]) -> Callable[[Case], _T]:
    """Asked again, it gives or raises what it did the first time."""

    @functools.wraps(method)
    def known(self: Case) -> _T:
        name = method.__name__
        if name not in self.known:
            try:
                self.known[name] = method(self)
            except AdobeError as error:
                self.known[name] = error
        found = self.known[name]
        if isinstance(found, AdobeError):
            raise found
        return cast(_T, found)

    return known


class Case:
    """A folder, a stack if one is named, and an environment. Every method may raise an `AdobeError`."""

    def __init__(self, folder: Path, stack: str | None, sandbox: str | None, environment: Mapping[str, str]) -> None:
        """Nothing is read or asked before a check does."""
        self.folder = folder
        self.environment = dict(environment)
        self.stack = Stack(folder, stack, self.environment) if stack else None
        self.known: dict[str, Any] = {}
        self._sandbox = sandbox

    @property
    def project_file(self) -> Path | None:
        """The project's own file; None where this is no Pulumi project."""
        return find_project_file(self.folder)

    @_once
    def login(self) -> Login:
        """Where Pulumi keeps states, and as whom."""
        return login(self.folder, self.environment)

    @_once
    def resources(self) -> list[dict[str, Any]]:
        """The resources of the stack's state; none without a stack."""
        return self.stack.resources() if self.stack else []

    @_once
    def place(self) -> Place:
        """The settings."""
        return open_place(self.stack.name if self.stack else None, self.folder, self._sandbox, self.environment)

    @_once
    def service(self) -> FlowServiceClient:
        """A client that is less patient than the settings say."""
        access = self.place().settings.credentials
        return FlowServiceClient(replace(access, timeout=min(access.timeout, _PATIENCE)), REDACTOR)

    @_once
    def signed_in(self) -> bool:
        """Whether there is a token; whether a ready one holds is not known yet."""
        self.service().authenticate()
        return True

    @_once
    def sandboxes(self) -> list[str]:
        """The sandboxes that the credentials may use: the first question that Experience Platform is asked."""
        return list_sandboxes(self.service())
