"""Judges exchanges by Adobe's OpenAPI: what of a request or an answer the document does not allow."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from jsonschema.exceptions import ValidationError
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation.request.exceptions import ParameterValidationError
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue
from openapi_spec_validator import OpenAPIV30SpecValidator as SpecValidator
from werkzeug.datastructures import ImmutableMultiDict

from tests.contract.exchanges import Exchange

DOCUMENTS: Final = {
    "flow-service.yaml": "/data/foundation/flowservice",
    "data-prep.yaml": "/data/foundation/conversion",
    "catalog.yaml": "/data/foundation/catalog",
    "sandbox.yaml": "/data/foundation",
}
"""The documents that the provider's requests fall under, with the path below which each has its own.

`schema-registry.yaml` is Swagger 2.0, which openapi-core does not judge.
"""

_HOST: Final = "http://adobe.example"
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_TYPE_NAMES: Final = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
    type(None): "null",
}
_NUMBER: Final = re.compile(r"(?<=/)\d+(?=/|$)")


@dataclass(frozen=True, order=True)
class Complaint:
    """What the document does not allow.

    Attributes:
        operation: Document, method and path template, such as `flow-service.yaml GET /flows/{FLOW_ID}`.
        about: Where and which rule, without values: `response 200 /items/*/auth type null`.
        example: The library's words about one case.
    """

    operation: str
    about: str
    example: str = ""


class Judge:
    """The OpenAPI documents of a folder."""

    def __init__(self, folder: Path) -> None:
        """Read the documents. Raises ``FileNotFoundError`` if the folder lacks one."""
        self.documents = {name: _Document(name, folder / name, base) for name, base in DOCUMENTS.items()}

    def judge(self, exchange: Exchange, *, request: bool = True) -> list[Complaint]:
        """Return all complaints about an exchange; of the answer alone unless ``request``."""
        document = self._document(exchange.path)
        return [] if document is None else list(document.complaints(exchange, request=request))

    def operation(self, exchange: Exchange) -> str:
        """Return the operation that the exchange is of; an empty text if no document has it."""
        document = self._document(exchange.path)
        return "" if document is None else document.operation(exchange)

    def _document(self, path: str) -> _Document | None:
        return next((each for each in self.documents.values() if each.has(path)), None)


class _AnySpec(SpecValidator):
    """Takes any document: Adobe's are not valid in every part, but in those that the exchanges need."""

    def iter_errors(self, *_args: Hashable, **_kwargs: Hashable) -> Iterator[ValidationError]:
        """Find nothing."""
        return iter(())


class _Document:
    def __init__(self, name: str, file: Path, base: str) -> None:
        self._name, self._base = name, base
        content = _with_text_keys(yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 - a safe loader
        content["servers"] = [{"url": f"{_HOST}{base}"}]
        self._slashed = _join_slashed(content["paths"])
        self.paths: dict[str, Any] = content["paths"]
        self.content = content
        self._openapi = OpenAPI.from_dict(content, config=Config(spec_validator_cls=_AnySpec))
        self._templates = [
            (re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path))), path)
            for path in sorted(self.paths, key=lambda path: path.count("{"))
        ]

    def has(self, path: str) -> bool:
        return path.startswith(f"{self._base}/") and (self._base.count("/") > 2 or self._template(path) is not None)

    def operation(self, exchange: Exchange) -> str:
        template = self._template(exchange.path)
        if template is None or exchange.method.lower() not in self.paths[template]:
            return ""
        return f"{self._name} {exchange.method} {template}"

    def complaints(self, exchange: Exchange, *, request: bool) -> Iterator[Complaint]:
        operation = self.operation(exchange)
        if not operation:
            yield Complaint(f"{self._name} {exchange.method} {self._shown(exchange.path)}", "request path")
            return
        if (exchange.method.lower(), self._template(exchange.path)) in self._slashed:
            yield Complaint(operation, "request path slash")
        asked = _request(exchange)
        if request:
            for error in self._openapi.iter_request_errors(asked):
                yield from _complaints(operation, "request", error)
        response = MockResponse(
            exchange.answer,
            exchange.status,
            exchange.answer_headers,
            exchange.answer_headers.get("content-type", "").partition(";")[0],
        )
        for error in self._openapi.iter_response_errors(asked, response):
            yield from _complaints(operation, f"response {exchange.status}", error)

    def _template(self, path: str) -> str | None:
        below = path.removeprefix(self._base).rstrip("/")
        exact = (name for known, name in self._templates if known.fullmatch(below) or known.fullmatch(f"{below}/"))
        return next(exact, None)

    def _shown(self, path: str) -> str:
        return re.sub(r"[0-9a-f]{8}[0-9a-f-]{12,}", "{id}", path.removeprefix(self._base))


def _join_slashed(paths: dict[str, Any]) -> set[tuple[str, str]]:
    """Put the operations of a path with a slash at the end to the same path without; return these operations."""
    moved: set[tuple[str, str]] = set()
    for path in [path for path in paths if path.endswith("/") and path.rstrip("/") in paths]:
        for method in [each for each in _METHODS if each in paths[path]]:
            paths[path.rstrip("/")][method] = paths[path][method]
            moved.add((method, path.rstrip("/")))
        del paths[path]
    return moved


def _request(exchange: Exchange) -> MockRequest:
    request = MockRequest(
        _HOST,
        exchange.method,
        exchange.path.rstrip("/"),
        headers=exchange.headers,
        data=exchange.body,
        content_type=exchange.headers.get("content-type", "").partition(";")[0],
    )
    request.parameters.query = ImmutableMultiDict(exchange.query)
    return request


def _complaints(operation: str, side: str, error: Exception) -> Iterator[Complaint]:
    cause = error.__cause__
    if isinstance(cause, InvalidSchemaValue):
        prefix = f" {error.name}" if isinstance(error, ParameterValidationError) else ""
        for each in cause.schema_errors:
            if not isinstance(each, ValidationError):
                continue
            where = _NUMBER.sub("*", "".join(f"/{step}" for step in each.absolute_path))
            rule = f"{each.validator} {_type_name(each.instance)}" if each.validator == "type" else each.validator
            yield Complaint(operation, f"{side}{prefix} {where or '/'} {rule}", each.message[:200])
        return
    name = getattr(error, "name", "")
    kind = type(error).__name__
    yield Complaint(operation, " ".join(filter(None, (side, kind, name))), str(error)[:200])


def _type_name(value: Any) -> str:
    """Return the name of a JSON type."""
    return next(name for kind, name in _TYPE_NAMES.items() if isinstance(value, kind))


def _with_text_keys(value: Any) -> Any:
    """One of the documents has its status codes as numbers."""
    if isinstance(value, Mapping):
        return {str(key): _with_text_keys(each) for key, each in value.items()}
    return [_with_text_keys(each) for each in value] if isinstance(value, list) else value
