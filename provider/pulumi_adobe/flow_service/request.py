"""An HTTP request before it is sent, independent of any HTTP library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Request:
    """One HTTP request.

    Attributes:
        method: The HTTP method.
        url: The address, without a query.
        headers: The headers, by name.
        query: The query as pairs of name and value.
        json: The body as a JSON value; a request has this or a form.
        form: The body as a form.
        idempotent: Whether sending the request twice does no more than sending it once.
        attempt: Which attempt to send the request this is, counted from 1.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Sequence[tuple[str, str]] = ()
    json: Any = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    idempotent: bool = False
    attempt: int = 1

    def with_headers(self, **headers: str) -> Request:
        """Return a copy with these headers added; an underscore in a name stands for a dash."""
        added_headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **added_headers})

    @property
    def only_reads(self) -> bool:
        """Whether the request changes nothing: a GET, or a token request, which is a form."""
        return self.method == "GET" or self.form is not None

    @property
    def host(self) -> str:
        """The host and the port, without a user."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def name(self) -> str:
        """The method and the path, as errors name a request: no host, no query, no body."""
        return f"{self.method} {urlsplit(self.url).path}"
