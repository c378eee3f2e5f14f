"""A request before it is sent, free of any HTTP library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Request:
    """One HTTP request. A body is either ``json`` or ``form``.

    ``repeatable``: sending it twice does no more than sending it once.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Sequence[tuple[str, str]] = ()
    json: Any = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    idempotent: bool = False

    def with_headers(self, **headers: str) -> Request:
        """The same request with these headers set, underscores standing for dashes."""
        added = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **added})

    @property
    def name(self) -> str:
        """Method and path, as errors name it: no host, no query, no body."""
        return f"{self.method} {urlsplit(self.url).path}"
