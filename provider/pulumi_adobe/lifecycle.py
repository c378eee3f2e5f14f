"""The life cycle of a declared resource, written once: diff, create, read, update and delete on Flow Service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.declaration import OUTPUTS, UNKNOWN, Declaration, Properties
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import FlowServiceError, NotFound
from pulumi_adobe.flow_service.json_patch import Operation, json_patch

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowService

SERVER_PARAMETERS: Final = "serverParams"
"""The output that keeps the auth parameters which Flow Service added: a PATCH of the others would drop them."""

_PARAMETERS: Final = ("auth", "params")
_PARAMETERS_POINTER: Final = "/auth/params"
_TRANSIENT_STATES: Final = frozenset({"initializing", "updating", "pending", "enabling"})
_POLL_SECONDS: Final = 2.0


class WrongPlace(AdobeError):
    """The settings name another organization or sandbox than the one that the resource was made in."""


class NotSettled(AdobeError):
    """Flow Service has taken the request, but what it made is not ready within the time-out."""


@dataclass(frozen=True)
class Difference:
    """What an update would do: the fields that force a replacement, the patch, and which secrets are others."""

    replaces: tuple[str, ...]
    operations: tuple[Operation, ...]
    secrets: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.replaces or self.operations)


@dataclass(frozen=True)
class Created:
    """The id that Flow Service gave, and the outputs."""

    id: str
    outputs: Properties


@dataclass(frozen=True)
class Found:
    """What a read found: the outputs, and the inputs that would declare it as it is."""

    outputs: Properties
    inputs: Properties


def difference(declaration: Declaration, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Difference:
    """What turns the resource with the outputs ``olds`` into the one that the inputs ``news`` declare.

    The same operations are what `Lifecycle.update` sends, so a preview and its update cannot disagree.
    """
    replaces = (field.name for field in declaration.fields if field.replaces and _moved(field.name, olds, news))
    patch = json_patch(declaration.mutable_body(olds), declaration.mutable_body(news), declaration.whole)
    secrets = (field.name for field in declaration.secret_fields if _moved(field.name, olds, news))
    return Difference(tuple(replaces), tuple(_complete(operation, olds) for operation in patch), tuple(secrets))


class Lifecycle:
    """One kind of resource in one organization's sandbox. Every method may raise an `AdobeError`."""

    def __init__(self, declaration: Declaration, service: FlowService) -> None:
        self._declaration = declaration
        self._service = service

    def diff(self, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Difference:
        """As `difference`; sends nothing."""
        self._require_place(olds)
        return difference(self._declaration, olds, news)

    def create(self, inputs: Mapping[str, Any]) -> Created:
        """POST, then GET until the state is final. What cannot be read back is deleted again, or named."""
        self._learn(inputs)
        written = self._service.create(self._declaration.collection, self._declaration.body(inputs))
        try:
            entity = self._settled(written.id)
        except AdobeError as error:
            raise self._rolled_back(written.id, error) from None
        return Created(written.id, self._outputs(inputs, entity))

    def read(self, id_: str, outputs: Mapping[str, Any]) -> Found | None:
        """GET. None where it is gone. Secrets are those of ``outputs``: Flow Service masks its own."""
        self._require_place(outputs)
        self._learn(outputs)
        try:
            entity = self._service.get(self._declaration.collection, id_)
        except NotFound:
            return None
        unsent = {name: outputs[name] for name in self._declaration.unsent if name in outputs}
        inputs = {**self._declaration.properties(entity), **dict(self._declaration.secrets(outputs)), **unsent}
        return Found(self._outputs(inputs, entity), inputs)

    def update(self, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Properties:
        """One PATCH under the etag of the state, none where nothing differs. Gives all outputs."""
        self._require_place(olds)
        self._learn(olds)
        self._learn(news)
        kept = {name: olds[name] for name in (*OUTPUTS, SERVER_PARAMETERS) if name in olds}
        operations = difference(self._declaration, olds, news).operations
        if not operations:
            return {**news, **kept}
        etag = olds.get("etag") or self._settled(id_)["etag"]
        written = self._service.update(self._declaration.collection, id_, operations, etag)
        return {**news, **kept, "etag": written.etag or self._settled(id_)["etag"]}

    def delete(self, id_: str, outputs: Mapping[str, Any]) -> None:
        """DELETE; what is already gone is fine."""
        self._require_place(outputs)
        self._learn(outputs)
        try:
            self._service.delete(self._declaration.collection, id_)
        except NotFound:
            return

    def _settled(self, id_: str) -> dict[str, Any]:
        """The entity once its state is final; while it is `initializing` it has no etag (Adobe: Salesforce on AWS)."""
        clock = self._service.clock
        deadline = clock.now() + self._service.access.timeout
        while True:
            entity = self._service.get(self._declaration.collection, id_)
            if entity.get("state") not in _TRANSIENT_STATES and isinstance(entity.get("etag"), str):
                return entity
            if clock.now() + _POLL_SECONDS >= deadline:
                raise NotSettled(
                    f"{self._declaration.kind} {id_} is still {entity.get('state')!r} after "
                    f"{self._service.access.timeout:g} s.",
                    "Set adobe:timeout higher, or look at it in Adobe's user interface.",
                )
            clock.sleep(_POLL_SECONDS)

    def _rolled_back(self, id_: str, error: AdobeError) -> AdobeError:
        what = f"{self._declaration.kind} {id_} was made, but then: {error.what}"
        try:
            self._service.delete(self._declaration.collection, id_)
        except FlowServiceError as second:
            hint = f"Deleting it again failed too: {second.what}\nDelete {id_} by hand before the next `pulumi up`."
            return type(error)(what, hint)
        return type(error)(what, f"It was deleted again. {error.hint}".strip())

    def _outputs(self, inputs: Mapping[str, Any], entity: Mapping[str, Any]) -> Properties:
        outputs = {
            **inputs,
            "etag": entity.get("etag"),
            "state": entity.get("state"),
            "createdAt": _iso(entity.get("createdAt")),
            "createdBy": entity.get("createdBy"),
            "sandboxName": entity.get("sandboxName") or self._service.access.sandbox,
            "orgId": entity.get("imsOrgId") or self._service.access.org_id,
            SERVER_PARAMETERS: self._declaration.undeclared(entity, _PARAMETERS) or None,
        }
        return {name: value for name, value in outputs.items() if value is not None}

    def _require_place(self, outputs: Mapping[str, Any]) -> None:
        access = self._service.access
        for made_in, now, key in (
            (outputs.get("orgId"), access.org_id, "adobe:orgId (ADOBE_ORG_ID)"),
            (outputs.get("sandboxName"), access.sandbox, "adobe:sandbox (ADOBE_SANDBOX)"),
        ):
            if made_in and made_in != now:
                which = f'{self._declaration.kind} "{outputs.get("name", "")}"'
                raise WrongPlace(
                    f'{which} was made in "{made_in}", but {key} is now "{now}". Nothing was changed.',
                    f'Restore the value "{made_in}". To have it in "{now}" instead, destroy it with the old value '
                    "first, or declare another one in a stack of its own.",
                )

    def _learn(self, properties: Mapping[str, Any]) -> None:
        for _, secret in self._declaration.secrets(properties):
            self._service.redactor.learn(secret)


def _moved(name: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> bool:
    return news.get(name) is UNKNOWN or olds.get(name) != news.get(name)


def _complete(operation: Operation, olds: Mapping[str, Any]) -> Operation:
    """A patch of all auth parameters drops those not sent: those that Flow Service added go along."""
    if operation["path"] != _PARAMETERS_POINTER or "value" not in operation:
        return operation
    return {**operation, "value": {**olds.get(SERVER_PARAMETERS, {}), **operation["value"]}}


def _iso(milliseconds: Any) -> str | None:
    """Adobe's epoch milliseconds as ISO 8601, UTC: a number would lose its last digits on the way to the state."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, (int, float)):
        return None
    return (
        datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )
